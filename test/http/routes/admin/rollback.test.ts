import { beforeEach, describe, expect, it } from 'vitest'
import { Diff, Manifest, VersionInfo } from '../../../../src/core/schema/history.ts'
import { Outcome, RegistryStatus } from '../../../../src/core/schema/operations.ts'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import {
  admin,
  CORS,
  hexOf,
  historyApp,
  onDay,
  priced,
  readJson,
  takeDays,
} from '../../../support/http/recorded-answers.ts'
import { aaRow, recordedPull } from '../../../support/rows.ts'

let app = historyApp()
/** Prices 1, 2 and 3. */
let commits: VersionInfo[]

beforeEach(async () => {
  app = historyApp()
  commits = await takeDays(app, [priced(1)], [priced(2)], [priced(3)])
})

const rollBack = (body: unknown) => admin(app, 'POST', '/v1/admin/rollback', body)
const lift = () => admin(app, 'DELETE', '/v1/admin/rollback')
const outcomeOf = async (response: Promise<Response>) => readJson(await response, Outcome.strict())
const manifest = async () => readJson(await app.get('/v1/manifest'), Manifest)
const status = async () => readJson(await app.get('/v1/status'), RegistryStatus)
const commit = (seq: number): VersionInfo => commits[seq - 1] as VersionInfo // each test names commits that exist

describe('POST /v1/admin/rollback', () => {
  it('makes a past manifest current immediately, byte for byte', async () => {
    const past = await (await app.get(`/v1/manifest?version=${commit(1).version}`)).text()
    const { version } = commit(1)
    expect(await outcomeOf(rollBack({ version, reason: 'Prices are wrong' }))).toEqual({
      ...{ outcome: 'committed', version, seq: 4, pinned: version },
      changes: { added: 0, removed: 0, changed: 1 },
    })
    const current = await app.get('/v1/manifest')
    expect(await current.text()).toBe(past)
    expect(current.headers.get('etag')).toBe(commit(1).etag)
    const [newest] = await readJson(await app.get('/v1/versions?limit=1'), VersionInfo.array())
    expect(newest).toMatchObject({ seq: 4, version, cause: 'rollback', previous: commit(3).version })
    expect(await status()).toMatchObject({ version, seq: 4, pinned: { version, reason: 'Prices are wrong' } })
  })

  it.each<[string, (info: VersionInfo) => string]>([
    ['the 32 hex digits', hexOf],
    ['the ETag', ({ etag }) => etag],
    ['8 hex digits', (info) => hexOf(info).slice(0, 8)],
  ])('accepts %s for the version', async (_what, nameOf) => {
    expect(await outcomeOf(rollBack({ version: nameOf(commit(2)), reason: 'why' }))).toMatchObject({
      ...{ version: commit(2).version, pinned: commit(2).version },
    })
  })

  it('to the current version creates no commit, but pins it', async () => {
    const { version } = commit(3)
    expect(await outcomeOf(rollBack({ version, reason: 'why' }))).toEqual({
      ...{ outcome: 'unchanged', version, seq: 3, pinned: version },
    })
    expect((await status()).pinned?.version).toBe(version)
  })

  it('is neither for browsers nor cached', async () => {
    const response = await app.send('POST', '/v1/admin/rollback', {
      headers: { ...CORS, authorization: 'Bearer 0123456789abcdef' },
      body: JSON.stringify({ version: commit(1).version, reason: 'why' }),
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('etag')).toBeNull()
  })

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['reason', 'version']],
    ['no reason', { version: 'v1.000000000000' }, ['reason']],
    ['no version', { reason: 'why' }, ['version']],
    ['an empty reason', { version: 'v1.000000000000', reason: '' }, ['reason']],
    ['a blank reason', { version: 'v1.000000000000', reason: ' \n ' }, ['reason']],
    ['a reason that is not text', { version: 'v1.000000000000', reason: 1 }, ['reason']],
    ['a version that is null', { version: null, reason: 'why' }, ['version']],
    ['a version that is a number', { version: 12345678, reason: 'why' }, ['version']],
    ['no version at all', { version: 'latest', reason: 'why' }, ['version']],
    ['a time', { version: '2025-03-01', reason: 'why' }, ['version']],
    ['7 hex digits', { version: '0123456', reason: 'why' }, ['version']],
    ['an extra key', { version: 'v1.000000000000', reason: 'why', force: true }, ['body']],
    ['a list', [], ['body']],
    ['null', null, ['body']],
  ])('refuses %s, names the field, and pins nothing', async (_what, body, fields) => {
    expect((await readFieldErrors(await rollBack(body))).toSorted()).toEqual(fields)
    expect(await status()).not.toHaveProperty('pinned')
  })

  it.each(['', 'no', '{"version":'])('refuses a body that is not JSON: %j', async (body) => {
    const headers = { authorization: 'Bearer 0123456789abcdef' }
    expect(await readFieldErrors(await app.send('POST', '/v1/admin/rollback', { headers, body }))).toEqual(['body'])
  })

  it('does not find a version that never existed', async () => {
    await readProblem(await rollBack({ version: 'v1.000000000000', reason: 'why' }), 'not-found')
    expect(await status()).not.toHaveProperty('pinned')
  })

  it('accepts no query', async () => {
    const response = await admin(app, 'POST', '/v1/admin/rollback?force=true', {
      version: commit(1).version,
      reason: 'why',
    })
    expect(await readFieldErrors(response)).toEqual(['force'])
  })

  it('needs a token', async () => {
    const body = JSON.stringify({ version: commit(1).version, reason: 'why' })
    const response = await app.send('POST', '/v1/admin/rollback', { body })
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
    await readProblem(response, 'unauthorized')
    await readProblem(await app.send('DELETE', '/v1/admin/rollback'), 'unauthorized')
  })
})

describe('while pinned', () => {
  it('an imported pull is recorded, and the response names the pinned version', async () => {
    const { version } = commit(1)
    await rollBack({ version, reason: 'why' })
    const fetchedAt = new Date(Date.now() + 1000).toISOString()
    const sent = await app.take(recordedPull([priced(4)], { fetchedAt }))
    expect(sent).toMatchObject({ outcome: 'pinned', pinned: version })
    expect((await manifest()).version).toBe(version)
    expect(await status()).toMatchObject({
      seq: 4,
      sources: { 'artificial-analysis': { lastPull: { outcome: 'pinned' } } },
      pinned: { version },
    })
  })

  it('a pull from a past day is still refused', async () => {
    await rollBack({ version: commit(1).version, reason: 'why' })
    const pull = recordedPull([priced(4)], { fetchedAt: onDay(4) })
    await readProblem(await admin(app, 'POST', '/v1/admin/pulls', pull), 'conflict')
  })
})

describe('DELETE /v1/admin/rollback', () => {
  it('lifts the pin and commits the latest accepted pull', async () => {
    await rollBack({ version: commit(1).version, reason: 'why' })
    const fetchedAt = new Date(Date.now() + 1000).toISOString()
    await app.take(recordedPull([priced(4), aaRow({ slug: 'new' })], { fetchedAt }))
    const outcome = await outcomeOf(lift())
    expect(outcome).toMatchObject({ outcome: 'committed', seq: 5, changes: { added: 1, removed: 0, changed: 1 } })
    expect(outcome).not.toHaveProperty('pinned')
    expect(await manifest()).toMatchObject({
      version: outcome.version,
      models: [{ value: 'new' }, { pricing: { input: 4 } }],
    })
    const [newest] = await readJson(await app.get('/v1/versions?limit=1'), VersionInfo.array())
    expect(newest?.cause).toBe('rebuild')
    expect(await status()).not.toHaveProperty('pinned')
  })

  it('returns to the previous state if no pull was accepted since', async () => {
    await rollBack({ version: commit(1).version, reason: 'why' })
    expect(await outcomeOf(lift())).toMatchObject({ outcome: 'committed', version: commit(3).version, seq: 5 })
  })

  it('answers 200 if nothing is pinned', async () => {
    expect(await outcomeOf(lift())).toEqual({ outcome: 'unchanged', version: commit(3).version, seq: 3 })
  })
})

describe('?dryRun=true', () => {
  const Preview = Outcome.extend({ diff: Diff.optional() }).strict()
  const tryRollBack = async (body: unknown) =>
    readJson(await admin(app, 'POST', '/v1/admin/rollback?dryRun=true', body), Preview)
  const tryLift = async () => readJson(await admin(app, 'DELETE', '/v1/admin/rollback?dryRun=true'), Preview)
  const CHANGED = { summary: { added: 0, removed: 0, changed: 1 } }
  const UNCHANGED = { summary: { added: 0, removed: 0, changed: 0 } }

  it('shows what a rollback would change, and writes nothing', async () => {
    const { version } = commit(1)
    const preview = await tryRollBack({ version, reason: 'why' })
    expect(preview).toMatchObject({ outcome: 'would-commit', diff: CHANGED })
    expect(preview).not.toHaveProperty('seq')
    expect(await status()).toMatchObject({ version: commit(3).version, seq: 3 })
    expect(await status()).not.toHaveProperty('pinned')
    expect((await manifest()).version).toBe(commit(3).version)
  })

  it('of the current version would change nothing, and pins nothing', async () => {
    const preview = await tryRollBack({ version: commit(3).version, reason: 'why' })
    expect(preview).toMatchObject({ outcome: 'would-not-change', diff: UNCHANGED })
    expect(await status()).not.toHaveProperty('pinned')
  })

  it('shows what lifting the pin would change, and keeps the pin', async () => {
    const { version } = commit(1)
    await rollBack({ version, reason: 'why' })
    expect(await tryLift()).toMatchObject({ outcome: 'would-commit', diff: CHANGED })
    expect(await status()).toMatchObject({ version, seq: 4, pinned: { version } })
  })

  it('of lifting would change nothing if nothing is pinned', async () => {
    expect(await tryLift()).toMatchObject({ outcome: 'would-not-change', diff: UNCHANGED })
  })

  it('refuses what a rollback refuses', async () => {
    const path = '/v1/admin/rollback?dryRun=true'
    await readProblem(await admin(app, 'POST', path, { version: 'v1.000000000000', reason: 'why' }), 'not-found')
    expect(await readFieldErrors(await admin(app, 'POST', path, { version: commit(1).version }))).toEqual(['reason'])
  })
})
