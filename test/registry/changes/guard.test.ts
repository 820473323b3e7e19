import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import {
  HOUR,
  MINUTE,
  type OpenedRegistry,
  START,
  unwrap,
  withRegistry,
} from '../../support/registry/opened-registry.ts'
import {
  ordinaryDay,
  withoutAThird,
  withoutIndices,
  withoutPrices,
  withoutSpeeds,
} from '../../support/registry/recorded/source-days.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'
import { aaRow, type Facts, uuidOf } from '../../support/rows.ts'

afterEach(reset)

/** The first day of most tests. Later days are counted from it. */
const FIRST = START - 30 * DAY
const DAYS: Facts[] = ordinaryDay()

const outcomeOf = (sent: ReturnType<OpenedRegistry['send']>) => (sent.ok ? sent.value.outcome : sent.failure.code)

/** The outcome of a pull with these rows, this long after the first day. */
const on = (
  opened: OpenedRegistry,
  after: number,
  rows = DAYS,
  options: { tier?: string; indexVersion?: number } = {},
) => outcomeOf(opened.send(rows, { at: FIRST + after, ...options }))

const heldIds = (opened: OpenedRegistry) => opened.registry.status().held.map(({ pull }) => pull)

describe.each<[string, (rows: Facts[]) => Facts[], RegExp]>([
  ['a third of the rows', withoutAThird, /20 of 60 models/],
  ['every speed', withoutSpeeds, /speed/],
  ['every price', withoutPrices, /price/],
  ['every index', withoutIndices, /score/],
])('%s missing for one day', (_what, lose, reason) => {
  it('is held: recorded with its reason and counts, and not served', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      const served = [opened.registry.current(), opened.manifest(1), opened.commits()]
      const sent = opened.send(lose(DAYS), { at: FIRST + DAY })

      expect(sent).toMatchObject({ ok: true, value: { outcome: 'held', reasons: [expect.stringMatching(reason)] } })
      expect([opened.registry.current(), opened.manifest(1), opened.commits()]).toEqual(served)
      const { reasons } = sent.ok ? sent.value : {}
      const at = new Date(FIRST + DAY).toISOString()
      expect(unwrap(opened.registry.pull(2))).toEqual({
        ...{ id: 2, source: 'artificial-analysis', at, outcome: 'held', origin: 'import', forced: false, reasons },
        ...{ counts: { providers: 1, models: lose(DAYS).length }, indexVersion: 4.1, tier: 'free' },
      })
      expect(opened.registry.status()).toMatchObject({
        held: [{ source: 'artificial-analysis', pull: 2, at, reasons }],
        sources: { 'artificial-analysis': { lastPull: { id: 2, at, outcome: 'held' } } },
        version: opened.commits()[0]?.version,
      })
    }))

  it('is held even after a restart between the two days', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      await opened.reopen()
      expect(opened.send(lose(DAYS), { at: FIRST + DAY })).toEqual({
        ok: true,
        value: { outcome: 'held', reasons: [expect.stringMatching(reason)] },
      })
    }))

  it('is released by the next good day, which is accepted as usual', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, lose(DAYS))
      const grown = [...DAYS, aaRow({ slug: 'new' })]
      expect(opened.send(grown, { at: FIRST + 2 * DAY })).toMatchObject({
        value: { outcome: 'committed', seq: 2, changes: { added: 1, removed: 0, changed: 0 } },
      })
      expect(heldIds(opened)).toEqual([])
      expect(opened.outcomes()).toEqual(['committed', 'held', 'committed'])
    }))

  it('is also released by a good day on which nothing changed', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, lose(DAYS))
      expect(on(opened, DAY + MINUTE)).toBe('unchanged')
      expect(heldIds(opened)).toEqual([])
    }))

  it('stays held if the same pull is repeated a minute later', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      expect(on(opened, DAY, lose(DAYS))).toBe('held')
      expect(on(opened, DAY + MINUTE, lose(DAYS))).toBe('held')
      expect(opened.commits()).toHaveLength(1)
      expect(heldIds(opened)).toEqual([2, 3])
    }))

  it('is accepted when a second day confirms it', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, lose(DAYS))
      expect(on(opened, 2 * DAY, lose(DAYS))).toBe('committed')
      expect(opened.commits()[1]?.committedAt).toBe(new Date(FIRST + 2 * DAY).toISOString())
      expect(heldIds(opened)).toEqual([])
      expect(on(opened, 3 * DAY, lose(DAYS))).toBe('unchanged')
    }))
})

describe('a loss that lasts', () => {
  const bad = withoutAThird(DAYS)

  it.each([
    [12 * HOUR - 1, 'held'],
    [12 * HOUR, 'committed'],
  ])('is confirmed by a pull %i ms later: %s', (later, outcome) =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, bad)
      expect(on(opened, DAY + later, bad)).toBe(outcome)
    }),
  )

  it('is measured from the first of equal pulls, so that frequent ones do not postpone it', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      for (const after of [DAY, DAY + MINUTE, DAY + 11 * HOUR]) expect(on(opened, after, bad)).toBe('held')
      expect(on(opened, DAY + 12 * HOUR, bad)).toBe('committed')
    }))

  it('is not confirmed by a pull that lost even more', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, bad)
      expect(on(opened, 2 * DAY, withoutAThird(bad))).toBe('held')
      expect(on(opened, 3 * DAY, withoutAThird(bad))).toBe('committed')
    }))

  it('is not confirmed by a pull that lost something else', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, bad)
      expect(on(opened, 2 * DAY, withoutSpeeds(DAYS))).toBe('held')
      expect(opened.registry.status().held.at(-1)?.reasons).toEqual([expect.stringContaining('speed')])
    }))

  it('is confirmed by a pull in which part of it has returned', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, bad)
      expect(on(opened, 2 * DAY, DAYS.slice(10))).toBe('committed')
    }))

  it('is confirmed across an eviction', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, bad)
      await opened.reopen()
      expect(on(opened, 2 * DAY, bad)).toBe('committed')
    }))

  it('becomes the baseline of later days', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      on(opened, DAY, bad)
      on(opened, 2 * DAY, bad)
      expect(on(opened, 3 * DAY, withoutAThird(bad))).toBe('held')
      expect(on(opened, 4 * DAY)).toBe('committed')
    }))
})

describe('a pull that passes', () => {
  it('is the first one, whatever it contains', () =>
    withRegistry(async (opened) => {
      expect(on(opened, 0, withoutSpeeds(withoutPrices(withoutIndices(ordinaryDay(1)))))).toBe('committed')
    }))

  it('is a re-scale, in which every score changed', () =>
    withRegistry(async (opened) => {
      const scored = (index: number) =>
        ordinaryDay(60, { evaluations: { artificial_analysis_intelligence_index: index } })
      on(opened, 0, scored(72.8), { indexVersion: 3 })
      expect(on(opened, DAY, scored(50.6), { indexVersion: 4 })).toBe('committed')
      expect(opened.commits()[1]?.changes).toEqual({ added: 0, removed: 0, changed: 60 })
      expect(on(opened, DAY + MINUTE, scored(72.8), { indexVersion: 3 })).toBe('committed')
    }))

  it('is the first of another tier, which starts a new baseline', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      expect(on(opened, DAY, withoutAThird(withoutSpeeds(DAYS)), { tier: 'pro' })).toBe('committed')
      expect(on(opened, 2 * DAY, DAYS.slice(40), { tier: 'pro' })).toBe('held')
      expect(on(opened, 3 * DAY)).toBe('committed')
    }))

  it('is one in which every slug, or every id, changed', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      const renamed = DAYS.map((row) => ({ ...row, slug: `${row.slug}-new` }))
      expect(on(opened, DAY, renamed)).toBe('committed')
      expect(
        on(
          opened,
          2 * DAY,
          renamed.map((row) => ({ ...row, id: uuidOf(`new ${row.slug}`) })),
        ),
      ).toBe('committed')
    }))

  it('is any ordinary day, however much changes over a month', () =>
    withRegistry(async (opened) => {
      const rows = ordinaryDay(200)
      for (let day = 0; day < 30; day++) expect(on(opened, day * DAY, rows.slice(3 * day))).toBe('committed')
    }))
})

describe('without the guard', () => {
  it('a forced import is accepted, recorded as forced, and becomes the baseline of the next', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      const taken = opened.send(withoutAThird(DAYS), { at: FIRST + DAY, forced: true })
      expect(taken).toMatchObject({ value: { outcome: 'committed' } })
      expect(unwrap(opened.registry.pull(2))).toMatchObject({ outcome: 'committed', forced: true })
      expect(on(opened, 2 * DAY, withoutAThird(DAYS))).toBe('unchanged')
    }))

  it('a forced refresh is accepted and recorded as forced, and an ordinary one is held', () =>
    withRegistry(async (opened) => {
      opened.source.serve(DAYS)
      await opened.registry.refresh({})
      opened.source.serve(withoutSpeeds(DAYS))
      await opened.pass(HOUR)
      expect(await opened.registry.refresh({})).toMatchObject({ ok: true, value: { outcome: 'held' } })
      expect(await opened.registry.refresh({ forced: true })).toMatchObject({ value: { outcome: 'committed' } })
      expect(unwrap(opened.registry.pulls(9, undefined))).toMatchObject([
        { id: 3, forced: true, outcome: 'committed' },
        { id: 2, forced: false, outcome: 'held' },
        { id: 1, forced: false, outcome: 'committed' },
      ])
      expect(heldIds(opened)).toEqual([])
    }))
})

describe('a pull without rows', () => {
  it('is invalid, not a loss: nothing is held and nothing changes', () =>
    withRegistry(async (opened) => {
      on(opened, 0)
      expect(on(opened, DAY, [])).toBe('invalid-request')
      opened.source.serve([])
      expect(await opened.registry.refresh({ forced: true })).toMatchObject({ failure: { reason: 'invalid' } })
      expect(opened.outcomes()).toEqual(['committed', 'invalid'])
      expect(heldIds(opened)).toEqual([])
    }))
})

describe('a live pull that lost too much', () => {
  it('is not a failure: it is neither retried before the next day nor published', () =>
    withRegistry(async (opened) => {
      opened.source.serve(DAYS)
      await opened.registry.runScheduled()
      await opened.pass(DAY)
      opened.source.serve(withoutAThird(DAYS))
      expect(await opened.registry.runScheduled()).toMatchObject({ ok: true, value: { outcome: 'held' } })
      const asked = opened.source.requests
      await opened.pass(6 * HOUR)
      expect(opened.source.requests).toBe(asked)
      expect(opened.commits()).toHaveLength(1)
    }))
})
