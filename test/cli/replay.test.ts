import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replay as replayCommand } from '../../src/cli/commands/replay.ts'
import { CommandError } from '../../src/cli/shared/command.ts'
import { progressBar } from '../../src/cli/shared/progress.ts'
import { type FakeRegistry, startFakeRegistry, TOKEN } from '../support/cli/fake-registry.ts'
import { type RunResult, run } from '../support/cli/run.ts'

let registry: FakeRegistry
let folder: string
beforeEach(async () => {
  registry = await startFakeRegistry()
  folder = await mkdtemp(join(tmpdir(), 'replay-'))
})
afterEach(async () => {
  registry.close()
  await rm(folder, { recursive: true })
})

const pull = (fetchedAt: string, page: Record<string, unknown>) => ({ fetchedAt, pages: [page] })

function write(file: string, content: unknown): Promise<void> {
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  return writeFile(join(folder, file), file.endsWith('.gz') ? gzipSync(bytes) : bytes)
}

const replay = (): Promise<RunResult> => run(replayCommand, [folder, '--url', registry.url], { ADMIN_TOKEN: TOKEN })

/** The rows of the table that ends the output, without times. */
function table(output: string): Record<string, string> {
  const rows = output.matchAll(/^([a-z][a-z ]+?) {2,}(.+)$/gm)
  return Object.fromEntries(
    [...rows].map(([, label, value]) => [label, value]).filter(([label]) => label !== 'time per pull'),
  )
}

describe('replay', () => {
  it('sends the pulls of a folder in order of time and prints the outcome of each', async () => {
    await write('a.json', pull('2026-01-06T12:55:07-08:00', { content: 'C' }))
    await write('b.json.gz', pull('2026-01-06T19:00:00Z', { content: 'A' }))
    await write('c.json', pull('2026-01-06T20:00:00+00:00', { content: 'A' }))
    await write('d.json', pull('2026-01-07T00:00:00Z', { outcome: 'held', reasons: ['40 of 100 models are gone'] }))
    await write('notes.txt', 'not looked at')
    const { code, output } = await replay()
    expect(registry.received).toEqual([
      '2026-01-06T19:00:00Z',
      '2026-01-06T20:00:00+00:00',
      '2026-01-06T12:55:07-08:00',
      '2026-01-07T00:00:00Z',
    ])
    expect(table(output)).toEqual({ 'pulls sent': '4', 'versions made': '2', unchanged: '1', held: '1', refused: '0' })
    expect(output).toContain('d.json: 40 of 100 models are gone')
    expect(code).toBe(0)
  })

  it('sends the source and the text of a pull unchanged', async () => {
    const pulls = [
      { source: 'epoch', fetchedAt: '2026-01-06T19:00:00Z', body: 'Model,eci\n' },
      { source: 'arena', fetchedAt: '2026-01-07T19:00:00Z', pages: [{ content: 'A' }] },
    ]
    await write('1.json', pulls[0])
    await write('2.json', pulls[1])
    expect((await replay()).code).toBe(0)
    expect(registry.bodies).toEqual(pulls)
  })

  it('resumes where it stopped, without reporting existing pulls as refused', async () => {
    await write('1.json', pull('2026-01-01T00:00:00Z', { content: 'A' }))
    await write('2.json', pull('2026-01-02T00:00:00Z', { content: 'B' }))
    await write('3.json', pull('2026-01-03T00:00:00Z', { content: 'B' }))
    await replay()
    await write('4.json', pull('2026-01-04T00:00:00Z', { content: 'C' }))
    await write('late.json', pull('2026-01-01T12:00:00Z', { content: 'D' }))
    const { code, output } = await replay()
    expect(table(output)).toEqual({
      'pulls sent': '5',
      'versions made': '1',
      unchanged: '0',
      held: '0',
      'already there': '3',
      'older than the registry': '1',
      refused: '0',
    })
    expect(code).toBe(0)
  })

  it('counts a pull that occurs twice only once', async () => {
    await write('1.json', pull('2026-01-01T00:00:00Z', { content: 'A' }))
    await write('copy.json', pull('2026-01-01T00:00:00Z', { content: 'A' }))
    expect(table((await replay()).output)).toMatchObject({ 'versions made': '1', 'already there': '1' })
  })

  it('names files that are not pulls or are refused, continues, and fails at the end', async () => {
    await write('1-cut.json', '{"fetchedAt": "2026-01-0')
    await write('2-other.json', { hello: 'world' })
    await write('3-empty.json', { fetchedAt: '2026-01-01T00:00:00Z', pages: [] })
    await write('4.json', pull('2026-01-02T00:00:00Z', { content: 'A' }))
    const { code, output } = await replay()
    expect(table(output)).toMatchObject({ 'pulls sent': '2', 'versions made': '1', refused: '3' })
    expect(output).toMatch(/1-cut\.json: not readable as JSON/)
    expect(output).toMatch(/2-other\.json: not a recorded pull: fetchedAt/)
    expect(output).toMatch(/3-empty\.json: 400: it has no pages/)
    expect(code).toBe(1)
  })

  it.each([
    ['without a token', () => [folder], '', 'Cannot replay: set ADMIN_TOKEN to an admin token of the registry'],
    [
      'with a wrong token',
      () => [folder, '--url', registry.url],
      'a-token-of-another',
      'Cannot replay: send a token (401)',
    ],
    [
      'without a directory',
      () => [],
      TOKEN,
      'Cannot read the command line: missing required argument "directory" (see --help)',
    ],
    ['with a directory that does not exist', () => ['nowhere'], TOKEN, 'Cannot replay "nowhere": no such directory'],
    [
      'with an invalid URL',
      () => ['x', '--url', 'y'],
      TOKEN,
      'Cannot replay: "y" is not a URL such as http://localhost:8787',
    ],
    [
      'with an unknown option',
      () => [folder, '--x'],
      TOKEN,
      'Cannot read the command line: unknown option "--x" (see --help)',
    ],
  ])('stops %s', async (_, args, token, message) => {
    await write('1.json', pull('2026-01-01T00:00:00Z', { content: 'A' }))
    await expect(run(replayCommand, args(), { ADMIN_TOKEN: token })).rejects.toThrow(new CommandError(message))
  })

  it('stops if no registry responds', async () => {
    await write('1.json', pull('2026-01-01T00:00:00Z', { content: 'A' }))
    registry.close()
    await expect(replay()).rejects.toThrow(
      /^Cannot reach the registry at http:\/\/127\.0\.0\.1:\d+: connect ECONNREFUSED/,
    )
  })

  it('ends as a command with one line on standard error and exit code 1', async () => {
    const child = spawn('node', ['scripts/registry.ts', 'replay', 'nowhere'], {
      env: { ...process.env, ADMIN_TOKEN: TOKEN, NO_COLOR: '1' },
    })
    const code = new Promise((resolve) => child.once('exit', resolve))
    expect(await text(child.stderr)).toBe('Cannot replay "nowhere": no such directory\n')
    expect(await code).toBe(1)
  })
})

describe('progressBar()', () => {
  it('fills with progress, within the width of the terminal', () => {
    expect(progressBar(0, 4, 20)).toBe('[.............] 0/4')
    expect(progressBar(3, 4, 20)).toBe('[#########....] 3/4')
    expect(progressBar(1, 1, undefined)).toBe(`[${'#'.repeat(40)}] 1/1`)
  })
})
