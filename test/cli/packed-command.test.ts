/** The published command as users install it: one file, without dependencies, on the oldest supported Node.js. */
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCommand } from '../../scripts/build/build-command.ts'
import { PUBLISHED_COMMANDS } from '../../src/cli/published-commands.ts'
import { NODE_20, whyNotOnNode20 } from '../support/cli/node-20.ts'
import { type RealRegistry, startRegistry, TOKEN } from '../support/client/real-registry.ts'
import { aaRow } from '../support/rows.ts'

const folder = mkdtempSync(join(tmpdir(), 'llm-command-'))
const file = join(folder, 'llm-registry.mjs')

beforeAll(async () => {
  const built = join(folder, 'built')
  await buildCommand(built)
  copyFileSync(join(built, 'cli/llm-registry.js'), file)
  rmSync(built, { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  code: number | string | null | undefined
  stdout: string
  stderr: string
}

function start(node: string, args: string[], env: Record<string, string> = {}, cwd = folder): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(node, [file, ...args], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    )
    child.stdin?.end()
  })
}

describe.each([
  ['this Node.js', process.execPath],
  [`Node.js 20${whyNotOnNode20}`, NODE_20],
])('llm-registry on %s', (_, found) => {
  const node = found ?? ''
  const onNode = it.skipIf(found === undefined)
  let registry: RealRegistry
  let work: string
  beforeAll(async () => {
    work = mkdtempSync(join(folder, 'work-'))
    if (found !== undefined) registry = await startRegistry()
  }, 60_000)
  afterAll(() => registry?.close())

  const run = (...args: string[]) =>
    start(node, [...args, '--url', registry.url], { ADMIN_TOKEN: TOKEN, READ_TOKEN: TOKEN }, work)

  onNode('prints its help and that of each command, and writes nothing', async () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty, { recursive: true })
    const commands = [[], ...Object.keys(PUBLISHED_COMMANDS).map((name) => [name]), ['overrides', 'push']]
    for (const command of commands) {
      const { code, stdout, stderr } = await start(node, [...command, '--help'], {}, empty)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(new RegExp(`^Usage: ${['llm-registry', ...command].join(' ')} .*\n`))
      expect(stdout).not.toContain('\x1b')
    }
    expect(readdirSync(empty)).toEqual([])
  })

  onNode('refuses unknown arguments with one line on standard error', async () => {
    const complaint = 'Cannot read the command line: unknown option "--al", did you mean --all? (see --help)\n'
    expect(await start(node, ['verify', '--al'])).toEqual({ code: 1, stdout: '', stderr: complaint })
  })

  onNode('reads, checks, corrects and backs up a registry', { timeout: 60_000 }, async () => {
    await registry.pull([aaRow({ slug: 'a' }), aaRow({ slug: 'b' })], 1)
    expect(await run('verify')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('ok     the content of 1 of 1'),
    })

    mkdirSync(join(work, 'overrides'))
    const models = { a: { set: { iq: 5 }, note: 'for a test' } }
    writeFileSync(join(work, 'overrides/acme.json'), JSON.stringify({ models }))
    expect(await run('overrides', 'diff', 'overrides')).toMatchObject({ code: 2 })
    expect(await run('overrides', 'push', 'overrides')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--yes'),
    })
    expect(await run('overrides', 'push', 'overrides', '--yes')).toMatchObject({ code: 0 })
    expect(await run('overrides', 'diff', 'overrides')).toMatchObject({ code: 0 })
    expect(await run('overrides', 'pull', 'overrides')).toMatchObject({ code: 0, stderr: '' })

    expect(await run('snapshot', '--out', 'public')).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(work, 'public/models.json'), 'utf8')).toContain('"iq":5')

    expect(await run('backup', 'all.ndjson.gz')).toMatchObject({ code: 0, stderr: '' })
    if (process.platform !== 'win32') expect(statSync(join(work, 'all.ndjson.gz')).mode & 0o777).toBe(0o600)
    const restored = await run('restore', 'all.ndjson.gz')
    expect(restored).toMatchObject({ code: 1, stdout: expect.stringContaining('is complete') })
    expect(restored.stderr).toContain('Cannot restore part 1')
  })

  onNode('sends recorded pulls', async () => {
    mkdirSync(join(work, 'pulls'))
    const pull = { fetchedAt: new Date().toISOString(), pages: [{ hello: 'world' }] }
    writeFileSync(join(work, 'pulls/1.json'), JSON.stringify(pull))
    expect(await run('replay', 'pulls')).toMatchObject({ code: 1, stdout: expect.stringMatching(/refused +1/) })
  })
})

it('is executable, and comes with the licences of what it contains', async () => {
  const built = join(folder, 'again')
  await buildCommand(built)
  expect(readdirSync(join(built, 'cli'))).toEqual(['LICENSES.txt', 'llm-registry.js'])
  expect(readFileSync(join(built, 'cli/llm-registry.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(readFileSync(join(built, 'cli/LICENSES.txt'), 'utf8')).toMatch(
    /^commander\n.*Permission.*\nzod\n.*Permission/s,
  )
})
