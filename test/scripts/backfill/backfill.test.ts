import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backfill } from '../../../scripts/backfill/backfill.ts'
import { type RunResult, run } from '../../support/cli/run.ts'
import {
  type FakeBackfillRegistry,
  startFakeBackfillRegistry,
  TOKEN,
} from '../../support/scripts/fake-backfill-registry.ts'
import { MadeUpRepository } from '../../support/scripts/made-up-repository.ts'
import { delta } from '../../support/sources/models-dev-deltas.ts'

let registry: FakeBackfillRegistry
let folder: string
beforeEach(async () => {
  registry = await startFakeBackfillRegistry()
  folder = mkdtempSync(join(tmpdir(), 'backfill-'))
})
afterEach(() => {
  registry.close()
  rmSync(folder, { recursive: true })
})

const start = (from: string, token = TOKEN): Promise<RunResult> =>
  run(backfill, ['--from', from, '--url', registry.url], { ADMIN_TOKEN: token })

const momentOf = (day: number) => new Date(Date.UTC(2025, 5, 1 + day, 12)).toISOString()
const lineOf = (day: number, facts = {}) =>
  JSON.stringify({
    date: momentOf(day).slice(0, 10),
    at: momentOf(day),
    ...delta({ models: { set: { 'a/b': facts } } }),
    count: {},
  })

function fileOf(lines: readonly string[], name = 'daily.ndjson'): string {
  const path = join(folder, name)
  const text = lines.map((line) => `${line}\n`).join('')
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text)
  return path
}

const DAYS = Array.from({ length: 45 }, (_, day) => lineOf(day))

describe('backfill', () => {
  it.each(['daily.ndjson', 'daily.ndjson.gz'])(
    'sends the days of %s a few at a time, and reports them',
    async (name) => {
      const { code, output } = await start(fileOf(DAYS, name))
      expect(registry.batches.map(({ length }) => length)).toEqual([20, 20, 5])
      expect(registry.days[0]).toEqual({
        at: momentOf(0),
        source: 'models.dev',
        delta: delta({ models: { set: { 'a/b': {} } } }),
      })
      expect(output).toMatch(/45 days from 2025-06-01 to 2025-07-15 replayed in \d+ s: 45 commits\./)
      expect(code).toBe(0)
    },
  )

  it('sends each large day alone', async () => {
    const large = { description: 'x'.repeat(900_000) }
    await start(fileOf([lineOf(0), lineOf(1, large), lineOf(2, large), lineOf(3)]))
    expect(registry.batches.map(({ length }) => length)).toEqual([2, 2])
  })

  it('resumes where it stopped', async () => {
    registry.breakAt = 2
    const path = fileOf(DAYS)
    await expect(start(path)).rejects.toThrow('20 days were replayed. Run it again to continue from there.')
    registry.breakAt = undefined
    const { output } = await start(path)
    expect(registry.days.map(({ at }) => at)).toEqual(DAYS.map((_, day) => momentOf(day)))
    expect(output).toContain('25 days from 2025-06-21 to 2025-07-15 replayed')
    expect((await start(path)).output).toContain('There was nothing to replay after 2025-07-15.')
  })

  it('does not send the rest of a day that was accepted', async () => {
    const path = fileOf([lineOf(0)])
    await start(path)
    writeFileSync(path, `${lineOf(0).replaceAll('12:00:00', '18:00:00')}\n`)
    expect((await start(path)).output).toContain('There was nothing to replay after 2025-06-01.')
  })

  it('replays a repository', async () => {
    const repository = new MadeUpRepository()
    try {
      repository.commit('2025-07-01T08:00:00Z', {
        'providers/lab/provider.toml': 'name = "Lab"',
        'providers/lab/models/one.toml': 'name = "One"',
      })
      await start(`git:${repository.folder}`)
      expect(registry.days).toMatchObject([{ delta: { models: { set: { 'lab/one': { name: 'One' } } } } }])
      repository.commit('2025-07-02T08:00:00Z', { 'providers/lab/models/two.toml': 'name = "Two"' })
      // The repository is cloned, and the branch has another name in the clone.
      await start(`git:file://${repository.folder}`)
      expect(registry.days.at(-1)).toMatchObject({ delta: { models: { set: { 'lab/two': { name: 'Two' } } } } })
    } finally {
      repository.remove()
    }
  })
})

describe('a backfill that fails', () => {
  it('reports why the registry refuses it', async () => {
    registry.refuse = { status: 409, detail: 'Cannot backfill: the registry already has a pull' }
    await expect(start(fileOf(DAYS))).rejects.toThrow(/^Cannot backfill: the registry already has a pull$/)
    // Before it clones anything.
    await expect(start('git:file:///nowhere')).rejects.toThrow(/already has a pull$/)
    registry.refuse = { status: 500, detail: 'it broke' }
    await expect(start(fileOf(DAYS))).rejects.toThrow(/^Cannot backfill: it broke$/)
  })

  it('needs a source, a token and a file of deltas in order', async () => {
    await expect(run(backfill, [], { ADMIN_TOKEN: TOKEN })).rejects.toThrow(
      'required option "--from <history>" not specified',
    )
    await expect(run(backfill, ['--from', 'x'], {})).rejects.toThrow('Cannot backfill: set ADMIN_TOKEN')
    await expect(start('nothing.gz')).rejects.toThrow('Cannot read "nothing.gz": no such file')
    await expect(start(fileOf([]))).rejects.toThrow('it contains no deltas')
    await expect(start(fileOf([lineOf(0), '{"at":']))).rejects.toThrow('line 2 is not a delta')
    await expect(start(fileOf([lineOf(1), lineOf(0)]))).rejects.toThrow(
      'line 2 is not on a later day than the one before it',
    )
    await expect(start(`git:${folder}`)).rejects.toThrow(
      `Cannot run git for-each-ref in "${folder}": fatal: not a git repository`,
    )
    expect(registry.batches).toEqual([])
  })

  it('reports a truncated file', async () => {
    const path = join(folder, 'cut.gz')
    writeFileSync(path, gzipSync(DAYS.join('\n')).subarray(0, 100))
    await expect(start(path)).rejects.toThrow('its gzip data is damaged or truncated')
  })
})
