/**
 * The operator's year by docs/operating.md, on one registry as `npm start` runs it, with what a reader sees after each
 * step: the past, pulls, a held one, a correction, a rollback, a snapshot, a backup and its restore, and a restart. Each
 * step builds on those before. Deployments have tests of their own.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REPOSITORY_PROGRAM } from '../../../scripts/repository-commands.ts'
import { runProgram } from '../../../src/cli/program/program.ts'
import type { Diff, VersionInfo } from '../../../src/core/schema/history.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import type { Outcome, RegistryStatus } from '../../../src/core/schema/operations.ts'
import type { PricePeriod } from '../../../src/core/schema/price-period.ts'
import { type LocalServer, sendJson, startLocalServer } from '../../support/cli/local-server.ts'
import { type RunResult, testContext } from '../../support/cli/run.ts'
import { type LocalRegistry, startLocalRegistry } from '../../support/scripts/local-registry.ts'
import { delta } from '../../support/sources/models-dev-deltas.ts'

const TOKEN = 'a-token-of-the-operator'
const NAMES = Array.from({ length: 40 }, (_, index) => `model-${index}`)
const row = (id: string, input: number) => ({ id, name: id, cost: { input, output: 2 * input } })
const rowsAt = (input: number, names = NAMES) => Object.fromEntries(names.map((id) => [id, row(id, input)]))
const provider = { id: 'openai', name: 'OpenAI', env: [], npm: '@ai-sdk/openai' }

const folder = mkdtempSync(join(tmpdir(), 'operators-year-'))
let source: LocalServer
/** What models.dev lists now. */
let listed: object
let registry: LocalRegistry
/** For the restore; it takes its time to start, so it does so beside the other. */
let empty: LocalRegistry
/** The version after a step, for later ones. */
const versions: Record<'backfilled' | 'corrected' | 'promoted', string> = {
  backfilled: '',
  corrected: '',
  promoted: '',
}

const listRows = (rows: object): void => {
  listed = { openai: { ...provider, models: rows } }
}
const settings = () => ({ ADMIN_TOKEN: `ada:${TOKEN}`, MODELS_DEV_URL: source.url, EPOCH_URL: '', ARENA_URL: '' })
const start = (name: string, others: Record<string, string> = {}) =>
  startLocalRegistry(join(folder, name), { ...settings(), ...others })

beforeAll(async () => {
  source = await startLocalServer((_, response) => sendJson(response, 200, listed))
  ;[registry, empty] = await Promise.all([start('main'), start('empty')])
}, 90_000)
afterAll(async () => {
  await Promise.all([registry, empty].map((one) => one?.stop()))
  source?.close()
  rmSync(folder, { recursive: true })
})

/** A command of this checkout, as `npm run registry -- ...` runs it. */
async function run(...args: string[]): Promise<RunResult> {
  const { context, written } = testContext({ ADMIN_TOKEN: TOKEN })
  const code = await runProgram(REPOSITORY_PROGRAM, [...args, '--url', registry.url], context)
  return { code, ...written }
}

/** What a reader gets; the caller states its shape, as the contract does. */
async function read<T>(path: string): Promise<T> {
  return (await fetch(registry.url + path)).json() as Promise<T>
}

const send = async <T = Outcome>(method: string, path: string, body?: object): Promise<T> => {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const response = await fetch(`${registry.url}/v1/admin/${path}`, { method, headers, body: JSON.stringify(body) })
  return response.json() as Promise<T>
}

const status = () => read<RegistryStatus>('/v1/status')
const model = (name: string, query = '') => read<Model>(`/v1/models/openai/${name}${query}`)
const prices = () => read<PricePeriod[]>('/v1/models/openai/model-0/prices')
const history = () => read<VersionInfo[]>('/v1/versions')

describe('the year of an operator', { timeout: 60_000 }, () => {
  it('begins with the past', async () => {
    const day = (at: string, input: number) =>
      JSON.stringify({ at, ...delta({ providers: { set: { openai: provider } }, models: { set: keyed(input) } }) })
    const keyed = (input: number) => ({ 'openai/model-0': row('model-0', input), 'openai/model-1': row('model-1', 1) })
    const days = [day('2025-07-01T12:00:00.000Z', 5), day('2025-10-01T12:00:00.000Z', 3)]
    writeFileSync(join(folder, 'days.ndjson'), days.map((line) => `${line}\n`).join(''))
    const { output } = await run('backfill', '--from', join(folder, 'days.ndjson'))
    expect(output).toContain('2 days from 2025-07-01 to 2025-10-01 replayed')
    expect((await run('backfill', '--from', join(folder, 'days.ndjson'))).output).toContain('nothing to replay')

    expect((await model('model-0', '?at=2025-09-30')).pricing?.input).toBe(5)
    expect((await model('model-0')).pricing?.input).toBe(3)
    expect((await prices()).map(({ basis, pricing }) => [basis, pricing?.input])).toEqual([
      ['documented', 5],
      ['documented', 3],
    ])
    const { version, counts, warnings } = await status()
    expect({ counts, warnings }).toEqual({ counts: { providers: 1, models: 2 }, warnings: [] })
    versions.backfilled = version ?? ''
  })

  it('goes on with a pull, which is not compared with the past', async () => {
    listRows(rowsAt(3))
    expect((await send('POST', 'refresh')).outcome).toBe('committed')
    const diff = await read<Diff>(`/v1/diff?from=${versions.backfilled}`)
    expect(diff.summary).toMatchObject({ added: 38, removed: 0 })
    expect((await history()).map(({ cause }) => cause)).toEqual(['pull', 'backfill', 'backfill'])
  })

  it('holds a pull that lost models, and shows readers nothing of it', async () => {
    const before = await status()
    listRows(rowsAt(3, NAMES.slice(0, 20)))
    expect(await send('POST', 'refresh')).toMatchObject({ outcome: 'held', version: before.version })
    const { version, held } = await status()
    expect(version).toBe(before.version)
    expect(held).toMatchObject([{ source: 'models.dev', reasons: [expect.stringContaining('20 of 40 models')] }])
    expect((await model('model-39')).value).toBe('model-39')
    const { diff } = await send<{ diff: Diff }>('GET', `pulls/${held[0]?.pull}/diff`)
    expect(diff.summary).toEqual({ added: 0, removed: 20, changed: 0 })
  })

  it('corrects a price by a file', async () => {
    const files = join(folder, 'overrides')
    mkdirSync(files)
    const correction = { set: { pricing: { input: 2.5 } }, replaces: { 'pricing.input': 3 }, note: 'the price list' }
    writeFileSync(join(files, 'openai.json'), JSON.stringify({ models: { 'model-0': correction } }))
    await expect(run('overrides', 'pull', files)).rejects.toThrow('never sent')
    expect(await run('overrides', 'diff', files)).toMatchObject({
      code: 2,
      output: expect.stringMatching(/pricing.input {2}3 -> 2.5/),
    })
    expect(await run('overrides', 'push', files, '--yes')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Committed: v1\./m),
    })
    expect(await run('overrides', 'pull', files)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^openai.json written$/m),
    })
    expect((await run('overrides', 'diff', files)).code).toBe(0)

    expect((await model('model-0')).pricing).toMatchObject({ input: 2.5, output: 6 })
    expect((await model('model-0', '?at=2025-12-31')).pricing?.input).toBe(3)
    expect((await prices()).at(-1)).toMatchObject({ basis: 'observed', pricing: { input: 2.5 } })
    expect(await send('GET', 'overrides')).toMatchObject([{ value: 'model-0', by: 'ada', note: 'the price list' }])
    versions.corrected = (await status()).version ?? ''
  })

  it('promotes the held pull, once, and keeps the correction', async () => {
    const pull = (await status()).held[0]?.pull
    expect((await send('POST', `pulls/${pull}/accept?dryRun=true`)).outcome).toBe('would-commit')
    expect((await send('POST', `pulls/${pull}/accept`)).outcome).toBe('committed')
    expect(await send('POST', `pulls/${pull}/accept`)).toMatchObject({ code: 'conflict' })

    expect(await model('model-39')).toMatchObject({ code: 'not-found', lastVersion: versions.corrected })
    expect((await model('model-0')).pricing?.input).toBe(2.5)
    const { version, held, counts } = await status()
    expect({ held, counts }).toEqual({ held: [], counts: { providers: 1, models: 20 } })
    versions.promoted = version ?? ''
  })

  it('rolls back, and makes no commit of what is pulled meanwhile', async () => {
    const body = { version: versions.corrected, reason: 'models are missing' }
    expect((await send('POST', 'rollback?dryRun=true', body)).outcome).toBe('would-commit')
    expect(await send('POST', 'rollback', body)).toMatchObject({ outcome: 'committed', pinned: versions.corrected })
    listRows(rowsAt(3))
    expect((await send('POST', 'refresh')).outcome).toBe('pinned')

    const { version, pinned, seq } = await status()
    expect([version, pinned?.reason]).toEqual([versions.corrected, 'models are missing'])
    expect((await model('model-39')).value).toBe('model-39')
    expect((await history()).map(({ cause }) => cause).slice(0, 3)).toEqual(['rollback', 'pull', 'override'])
    expect((await history())[0]?.seq).toBe(seq)
  })

  it('lifts the pin, and serves what was pulled last', async () => {
    listRows({ ...rowsAt(3), 'model-40': row('model-40', 1) })
    expect((await send('POST', 'refresh')).outcome).toBe('pinned')
    expect((await send('DELETE', 'rollback')).outcome).toBe('committed')
    expect((await send('DELETE', 'rollback')).outcome).toBe('unchanged')
    expect(await status()).toMatchObject({ counts: { models: 41 }, held: [] })
    expect((await status()).pinned).toBeUndefined()
    expect((await model('model-40')).pricing?.input).toBe(1)
    expect((await model('model-0')).pricing?.input).toBe(2.5)
  })

  it('writes snapshots for people, and no second one of the same facts', async () => {
    const files = join(folder, 'public')
    expect((await run('snapshot', '--out', files)).output).toContain('41 models')
    expect((await run('snapshot', '--out', files)).output).toContain('Nothing has changed')
    expect(readFileSync(join(files, 'models.json'), 'utf8')).toContain('"value":"model-40"')
  })

  it('is backed up, and restored into an empty registry as it was', async () => {
    const file = join(folder, 'registry.ndjson.gz')
    expect((await run('backup', file)).output).toContain('which is complete')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    await expect(run('restore', file)).rejects.toThrow('the registry is not empty')
    const before = [await history(), await prices(), await send('GET', 'overrides'), await model('model-0')]

    const main = registry
    registry = empty
    try {
      expect((await run('restore', file)).output).toContain('Restored to')
      expect(await run('verify', '--all')).toMatchObject({ code: 0, output: expect.stringMatching(/^ok .*\n^ok/m) })
      expect([await history(), await prices(), await send('GET', 'overrides'), await model('model-0')]).toEqual(before)
      expect((await send('POST', 'refresh')).outcome).toBe('unchanged')
    } finally {
      registry = main
    }
  })

  it('goes on from its data in a new process with other settings', async () => {
    const before = await history()
    const past = await (await fetch(`${registry.url}/v1/manifest?version=${versions.promoted}`)).text()
    await registry.stop()
    registry = await start('main', { PROVIDERS: '-missing' })
    expect(await history()).toEqual(before)
    expect(await (await fetch(`${registry.url}/v1/manifest?version=${versions.promoted}`)).text()).toBe(past)
    expect(await send('GET', 'overrides')).toMatchObject([{ value: 'model-0', by: 'ada' }])

    listRows(rowsAt(4))
    expect((await send('POST', 'refresh')).outcome).toBe('committed')
    // Its correction was of the price before.
    expect((await model('model-0')).pricing?.input).toBe(4)
    expect((await status()).warnings.map(({ code }) => code)).toEqual(['override-lapsed', 'unknown-provider'])
    expect((await run('verify', '--all')).code).toBe(0)
  })
})
