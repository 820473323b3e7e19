import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { backupOf, partsOf, restoreParts } from '../../../support/registry/backup-lines.ts'
import { MODELS_DEV_URL } from '../../../support/registry/fake-source.ts'
import { bytesOf, type OpenedRegistry, START, unwrap, withRegistry } from '../../../support/registry/opened-registry.ts'
import { DAY } from '../../../support/registry/stored/stored-history.ts'
import { expectWholeHistory } from '../../../support/registry/stored/whole-history.ts'
import { aaRow } from '../../../support/rows.ts'
import { acme, acmeRow, backfillDay, firstDelta, priceDay } from '../../../support/sources/models-dev-deltas.ts'

afterEach(reset)

const VARS = { MODELS_DEV_URL: MODELS_DEV_URL }
const DAY_1 = '2025-06-04T22:41:51.000Z'
const DAY_2 = '2025-06-05T20:31:32.000Z'
const DAY_3 = '2025-06-07T08:00:00.000Z'
const ONE = { 'acme/one': acmeRow('one') }
const FIRST = backfillDay(DAY_1, firstDelta())

const withSource = (work: (opened: OpenedRegistry) => Promise<void>) => withRegistry(work, { vars: VARS })
const send = ({ registry }: OpenedRegistry, days: unknown) => registry.backfill(bytesOf({ days }))
const inputsOf = (opened: OpenedRegistry) =>
  opened.commits().map(({ seq }) => opened.manifest(seq).models.map(({ pricing }) => pricing?.input))

describe('backfill()', () => {
  it('creates one commit per day, with the replayed time and the time of writing', () =>
    withSource(async (opened) => {
      const outcome = unwrap(send(opened, [FIRST, priceDay(DAY_2, 3)]))
      const [first, second] = opened.commits()
      expect(outcome).toEqual({ outcome: 'committed', version: second?.version, seq: 2, lastAt: DAY_2, commits: 2 })
      const recordedAt = new Date(START).toISOString()
      expect(first).toMatchObject({ cause: 'backfill', committedAt: DAY_1, generatedAt: DAY_1, recordedAt })
      expect(second).toMatchObject({ cause: 'backfill', committedAt: DAY_2, recordedAt })
      expect(inputsOf(opened)).toEqual([[1], [3]])
      expect(opened.manifest(2).attribution).toMatchObject([{ name: 'models.dev' }])
      expectWholeHistory(opened)
    }))

  it('accepts a day that changes no fact, without a commit', () =>
    withSource(async (opened) => {
      unwrap(send(opened, [FIRST]))
      const text = acmeRow('one', { description: 'a text that is not kept' })
      const outcome = unwrap(send(opened, [backfillDay(DAY_2, { models: { set: { 'acme/one': text } } })]))
      expect(outcome).toMatchObject({ outcome: 'unchanged', seq: 1, lastAt: DAY_2, commits: 1 })
    }))

  it('skips days that were already accepted, so that a run can resume', () =>
    withSource(async (opened) => {
      unwrap(send(opened, [FIRST, priceDay(DAY_2, 3)]))
      const again = unwrap(send(opened, [FIRST, priceDay(DAY_2, 4), priceDay(DAY_3, 5)]))
      expect(again).toMatchObject({ outcome: 'committed', lastAt: DAY_3, commits: 3 })
      expect(unwrap(send(opened, [FIRST]))).toMatchObject({ outcome: 'unchanged', lastAt: DAY_3, commits: 3 })
      expect(inputsOf(opened)).toEqual([[1], [3], [5]])
    }))

  it('continues after the object was reopened', () =>
    withSource(async (opened) => {
      unwrap(send(opened, [FIRST]))
      await opened.reopen(VARS)
      unwrap(send(opened, [priceDay(DAY_2, 3)]))
      expect(unwrap(opened.registry.backfillState())).toEqual({ lastAt: DAY_2, commits: 2 })
      expect(inputsOf(opened)).toEqual([[1], [3]])
    }))

  it('accepts providers that are removed, and that return', () =>
    withSource(async (opened) => {
      const other = { id: 'other', name: 'Other' }
      const both = { providers: { set: { acme, other } }, models: { set: { ...ONE, 'other/one': acmeRow('one') } } }
      const gone = { providers: { del: ['acme'] }, models: { del: ['acme/one'] } }
      unwrap(send(opened, [backfillDay(DAY_1, both), backfillDay(DAY_2, gone), backfillDay(DAY_3, firstDelta())]))
      expect(opened.commits().map(({ counts }) => counts)).toEqual([
        { providers: 2, models: 2 },
        { providers: 1, models: 1 },
        { providers: 2, models: 2 },
      ])
      expect(opened.commits()[2]?.version).toBe(opened.commits()[0]?.version)
    }))

  it('finds the family of a row by its base file', () =>
    withSource(async (opened) => {
      unwrap(send(opened, [FIRST, backfillDay(DAY_2, { links: { set: { 'acme/one': { base_model: 'lab/first' } } } })]))
      expect(opened.manifest(2).models).toMatchObject([{ value: 'one', family: 'lab/first', lab: 'lab' }])
    }))

  it('is not guarded: a day may lose nearly everything', () =>
    withSource(async (opened) => {
      const ids = Array.from({ length: 100 }, (_, index) => `m${index}`)
      const set = Object.fromEntries(ids.map((id) => [`acme/${id}`, acmeRow(id)]))
      const del = Object.keys(set).slice(1)
      unwrap(send(opened, [backfillDay(DAY_1, { providers: { set: { acme } }, models: { set } })]))
      unwrap(send(opened, [backfillDay(DAY_2, { models: { del } })]))
      expect(opened.commits().map(({ counts }) => counts.models)).toEqual([100, 1])
    }))

  it('accepts all days of a request or none', () =>
    withSource(async (opened) => {
      const stray = backfillDay(DAY_2, { models: { set: { 'other/one': acmeRow('one') } } })
      expect(send(opened, [FIRST, stray])).toMatchObject({
        ok: false,
        failure: {
          code: 'invalid-request',
          errors: [{ field: `the day ${DAY_2}`, message: 'models.set: "other/one" is not a row of a listed provider' }],
        },
      })
      expect(opened.commits()).toEqual([])
      expect(unwrap(opened.registry.backfillState())).toEqual({ commits: 0 })
      unwrap(send(opened, [FIRST]))
      expect(inputsOf(opened)).toEqual([[1]])
    }))

  it('refuses a day that leaves no rows', () =>
    withSource(async (opened) => {
      expect(send(opened, [FIRST, backfillDay(DAY_2, { models: { del: ['acme/one'] } })])).toMatchObject({
        failure: { errors: [{ message: 'it leaves no rows' }] },
      })
      expect(opened.commits()).toEqual([])
    }))

  it('refuses more rows than can be served', () =>
    withSource(async (opened) => {
      const ids = Array.from({ length: 30_001 }, (_, index) => `m${index}`)
      const set = Object.fromEntries(ids.map((id) => [`acme/${id}`, { id }]))
      const tooMany = send(opened, [backfillDay(DAY_1, { providers: { set: { acme } }, models: { set } })])
      expect(tooMany).toMatchObject({ ok: false, failure: { code: 'invalid-request' } })
      expect(opened.commits()).toEqual([])
    }))

  it.each([
    ['days in the wrong order', [priceDay(DAY_2, 3), FIRST], 'days.1.at', 'is not on a later day'],
    ['two moments of one day', [FIRST, priceDay('2025-06-04T23:00:00Z', 3)], 'days.1.at', 'is not on a later day'],
    ['a future day', [backfillDay(new Date(START + DAY).toISOString())], 'days.0.at', 'is in the future'],
    ['no days', [], 'days', expect.any(String)],
    ['another source', [{ ...FIRST, source: 'epoch' }], 'days.0.source', expect.any(String)],
    ['what is not a delta', [{ ...FIRST, delta: {} }], 'days.0.delta.providers', expect.any(String)],
  ])('refuses %s', (_, days, field, message) =>
    withSource(async (opened) => {
      const refused = send(opened, days)
      expect(refused).toMatchObject({ ok: false, failure: { code: 'invalid-request' } })
      expect(!refused.ok && 'errors' in refused.failure && refused.failure.errors).toContainEqual({ field, message })
    }),
  )

  it('refuses the rest of an accepted day, which would make a second commit for it', () =>
    withSource(async (opened) => {
      unwrap(send(opened, [FIRST]))
      expect(send(opened, [priceDay('2025-06-04T23:00:00Z', 3)])).toMatchObject({
        failure: { errors: [{ field: 'days', message: 'an earlier moment of 2025-06-04 was already replayed' }] },
      })
    }))

  it('refuses what is not JSON', () =>
    withSource(async ({ registry }) => {
      expect(registry.backfill(new TextEncoder().encode('{'))).toMatchObject({ failure: { code: 'invalid-request' } })
    }))

  it('needs the source to be enabled', () =>
    withRegistry(
      async (opened) => {
        expect(send(opened, [FIRST])).toMatchObject({ failure: { code: 'configuration' } })
      },
      { vars: { MODELS_DEV_URL: '' } },
    ))
})

describe('backfill() of a registry with other content', () => {
  const expectConflict = (opened: OpenedRegistry, other: string) =>
    expect(send(opened, [priceDay(DAY_3, 9)])).toMatchObject({
      failure: {
        code: 'conflict',
        detail: `Cannot backfill: the registry already has ${other}. Start from an empty registry`,
      },
    })

  it('is refused after a pull', () =>
    withSource(async (opened) => {
      opened.send([aaRow()], { at: START - DAY })
      expectConflict(opened, 'a pull')
    }))

  it('is refused after an override', () =>
    withSource(async (opened) => {
      unwrap(send(opened, [FIRST]))
      const override = { provider: 'acme', value: 'one', set: { name: 'One' }, note: 'why' }
      unwrap(
        opened.registry.changeOverrides({
          changes: [{ provider: 'acme', value: 'one', override }],
          by: 'root',
          dryRun: false,
        }),
      )
      expectConflict(opened, 'an override')
    }))

  it('is refused after new settings created a commit', () =>
    withSource(async (opened) => {
      unwrap(
        send(opened, [FIRST, backfillDay(DAY_2, { providers: { set: { other: { id: 'other', name: 'Other' } } } })]),
      )
      await opened.reopen({ ...VARS, PROVIDERS: 'acme' })
      await opened.pass(DAY)
      expect(opened.commits().map(({ cause }) => cause)).toEqual(['backfill', 'backfill', 'rebuild'])
      expectConflict(opened, 'a commit that is not a backfill')
    }))

  it('is refused while a rollback is active', () =>
    withSource(async (opened) => {
      unwrap(send(opened, [FIRST]))
      unwrap(opened.registry.rollBack({ by: 'version', hex: opened.commits()[0]?.etag.slice(1, -1) ?? '' }, 'why'))
      expectConflict(opened, 'a rollback')
    }))

  it('is not refused after a pull that failed', () =>
    withSource(async (opened) => {
      opened.source.answerModelsDev = () => new Response('no', { status: 500 })
      await opened.registry.refresh({ source: 'models.dev' })
      expect(opened.outcomes()).toEqual(['unavailable'])
      unwrap(send(opened, [FIRST]))
    }))
})

describe('a registry after a backfill', () => {
  it('accepts the first pull without the guard, and guards the next', () =>
    withSource(async (opened) => {
      const ids = Array.from({ length: 100 }, (_, index) => `m${index}`)
      const set = Object.fromEntries(ids.map((id) => [`acme/${id}`, acmeRow(id)]))
      unwrap(send(opened, [backfillDay(DAY_1, { providers: { set: { acme } }, models: { set } })]))
      const serve = (count: number) => opened.source.serveModelsDev({ acme: ids.slice(0, count).map((id) => ({ id })) })
      serve(40)
      expect(unwrap(await opened.registry.refresh({ source: 'models.dev' }))).toMatchObject({
        outcome: 'committed',
        seq: 2,
      })
      serve(2)
      expect(unwrap(await opened.registry.refresh({ source: 'models.dev' }))).toMatchObject({ outcome: 'held' })
      expect(opened.commits().map(({ cause, counts }) => [cause, counts.models])).toEqual([
        ['backfill', 100],
        ['pull', 40],
      ])
      expectWholeHistory(opened)
    }))

  it('is restored from a backup, and continues with the backfill', async () => {
    let backup = ''
    await withSource(async (opened) => {
      unwrap(send(opened, [FIRST, priceDay(DAY_2, 3)]))
      backup = await backupOf(opened.registry)
    })
    await reset()
    await withSource(async (opened) => {
      restoreParts(opened.registry, partsOf(backup, 2))
      expect(unwrap(opened.registry.backfillState())).toEqual({ lastAt: DAY_2, commits: 2 })
      unwrap(send(opened, [priceDay(DAY_3, 5)]))
      expect(inputsOf(opened)).toEqual([[1], [3], [5]])
      expectWholeHistory(opened)
    })
  })
})
