import { reset } from 'cloudflare:test'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { applyDiff, diffCatalogues } from '../../../src/core/diff/diff.ts'
import { CHANGE_GROUPS, type DiffFilter, filterDiff } from '../../../src/core/diff/filter.ts'
import { Diff } from '../../../src/core/schema/history.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { changedPrices, diffText } from '../../../src/registry/history/diffs.ts'
import { revisionsAt } from '../../../src/registry/history/history.ts'
import type { Database } from '../../../src/registry/store/database.ts'
import { anyHistory } from '../../support/core/any-history.ts'
import { countRows } from '../../support/registry/counted-database.ts'
import {
  catalogueOf,
  commitDaily,
  commitsOf,
  manifestOf,
  withDatabase,
} from '../../support/registry/stored/stored-history.ts'
import { fromBytes, recommit, withStored } from '../../support/registry/stored/stored-registry.ts'
import { model, provider, uuidOf } from '../../support/rows.ts'

afterEach(reset)

function forAnyHistory(check: (db: Database, catalogues: Catalogue[]) => void): Promise<void> {
  return withDatabase((db) => {
    fc.assert(
      fc.property(anyHistory, (catalogues) => {
        recommit(db, catalogues)
        check(db, catalogues)
      }),
      { numRuns: 30 },
    )
  })
}

/** Every pair of commits, in both directions, and each commit with itself. */
const pairsOf = (count: number) =>
  Array.from({ length: count * count }, (_, index) => [Math.floor(index / count) + 1, (index % count) + 1] as const)

const contentOf = (db: Database, seq: number): Catalogue => {
  const { providers, models } = manifestOf(db, seq)
  return { providers, models }
}

const diffOf = (db: Database, from: number, to: number, filter: DiffFilter): Diff | undefined => {
  const text = diffText(db, from, to, filter)
  return text === undefined ? undefined : JSON.parse(text)
}

describe('diffText()', () => {
  it('is the diff of the two manifests, between any two commits and in either direction', () =>
    forAnyHistory((db, catalogues) => {
      const commits = commitsOf(db)
      expect(commits).toHaveLength(catalogues.length)
      for (const [from, to] of pairsOf(commits.length)) {
        const whole = diffCatalogues(contentOf(db, from), contentOf(db, to))
        expect(diffOf(db, from, to, {})).toEqual({ from: commits[from - 1], to: commits[to - 1], ...whole })
      }
    }))

  it('turns the first commit into exactly the second when applied', () =>
    forAnyHistory((db, catalogues) => {
      for (const [from, to] of pairsOf(catalogues.length)) {
        const diff = Diff.parse(JSON.parse(JSON.stringify(diffOf(db, from, to, {}))))
        expect(applyDiff(contentOf(db, from), diff)).toEqual(catalogues[to - 1])
      }
    }))

  it('is the same again, whatever was read and filtered before', () =>
    forAnyHistory((db, catalogues) => {
      for (let to = 2; to <= catalogues.length; to++) {
        const filtered = filterDiff(diffCatalogues(contentOf(db, to - 1), contentOf(db, to)), { only: ['iq'] })
        expect(diffOf(db, to - 1, to, { only: ['iq'] })).toMatchObject(filtered)
        const first = diffOf(db, to - 1, to, {})
        expect(first).toMatchObject(diffCatalogues(contentOf(db, to - 1), contentOf(db, to)))
        expect(diffOf(db, to - 1, to, {})).toEqual(first)
        expect(diffOf(db, to - 1, to, { only: ['iq'] })?.models).toEqual(filtered.models)
      }
    }))

  it('is filtered like the diff of the two manifests', () =>
    forAnyHistory((db, catalogues) => {
      const filters = [
        ...CHANGE_GROUPS.map((group) => ({ only: [group] })),
        { provider: ['acme'] },
        { rescale: 'omit' as const },
        { only: ['iq' as const, 'status' as const], provider: ['globex', '\uffee'], rescale: 'omit' as const },
      ]
      const last = catalogues.length
      for (const filter of filters) {
        const expected = filterDiff(diffCatalogues(contentOf(db, 1), contentOf(db, last)), filter)
        expect(diffOf(db, 1, last, filter)).toMatchObject(expected)
        expect(diffOf(db, 1, last, filter)?.models).toEqual(expected.models)
      }
    }))

  it('distinguishes first-party models from others, even if the changes do not show it', () =>
    withDatabase((db) => {
      const commitsOf = (name: string, facts: object[]) => ({
        providers: [provider()],
        models: facts.map((facts, index) => model({ value: `m${index}`, name, ...facts })),
      })
      const own = { firstParty: true as const }
      commitDaily(db, commitsOf('a', [own, {}, own, {}]), commitsOf('b', [own, {}, {}, own]), commitsOf('b', [own]))
      const valuesOf = (from: number, to: number, firstParty: boolean) => {
        const { changed = [], removed = [] } = diffOf(db, from, to, { firstParty })?.models ?? {}
        return [...changed, ...removed].map(({ value }) => value)
      }
      for (const [from, to] of [
        [1, 2],
        [2, 1],
      ] as const) {
        expect(valuesOf(from, to, true)).toEqual(['m0', 'm2', 'm3'])
        expect(valuesOf(from, to, false)).toEqual(['m1'])
      }
      expect(valuesOf(1, 3, true)).toEqual(['m0', 'm2'])
      expect(valuesOf(1, 3, false)).toEqual(['m1', 'm3'])
    }))

  it('is empty between a commit and itself, and between commits with the same content', () =>
    withDatabase((db) => {
      commitDaily(db, catalogueOf('a', 'b'), catalogueOf('a'), catalogueOf('a', 'b'))
      const nothing = {
        summary: { added: 0, removed: 0, changed: 0 },
        providers: { added: [], removed: [], changed: [] },
        models: { added: [], removed: [], changed: [] },
      }
      const [first, , third] = commitsOf(db)
      expect(diffOf(db, 1, 1, {})).toEqual({ from: first, to: first, ...nothing })
      expect(diffOf(db, 1, 3, {})).toEqual({ from: first, to: third, ...nothing })
    }))

  it('omits what was added and removed in between', () =>
    withDatabase((db) => {
      commitDaily(db, catalogueOf('a'), catalogueOf('a', 'guest'), catalogueOf('b', 'guest'), catalogueOf('c'))
      expect(diffOf(db, 1, 4, {})).toMatchObject({
        summary: { added: 0, removed: 0, changed: 1 },
        models: { changed: [{ value: 'm0', changes: [{ path: 'alias', before: 'a', after: 'c' }, { path: 'name' }] }] },
      })
    }))

  it('reports a model that was removed and returned as changed', () =>
    withDatabase((db) => {
      commitDaily(db, catalogueOf('a', 'x'), catalogueOf('a'), catalogueOf('a', 'y'))
      expect(diffOf(db, 1, 3, { only: ['identity'] })?.summary).toEqual({ added: 0, removed: 0, changed: 1 })
      expect(diffOf(db, 1, 2, {})?.summary).toEqual({ added: 0, removed: 1, changed: 0 })
      expect(diffOf(db, 3, 2, {})?.models.removed).toMatchObject([{ name: 'y' }])
    }))

  it('reports a slug that moved to another id as a changed id', () =>
    withDatabase((db) => {
      const withId = (id: string) => ({ providers: [provider()], models: [model({ id })] })
      commitDaily(db, withId(uuidOf('old')), withId(uuidOf('new')))
      expect(diffOf(db, 1, 2, {})?.models.changed).toEqual([
        {
          provider: 'acme',
          value: 'acme-one',
          changes: [{ path: 'id', before: uuidOf('old'), after: uuidOf('new') }],
        },
      ])
    }))

  it.each([
    [0, 1],
    [1, 0],
    [1, 3],
    [9, 9],
  ])('returns nothing for commits that do not exist: %i to %i', (from, to) =>
    withDatabase((db) => {
      commitDaily(db, catalogueOf('a'), catalogueOf('b'))
      expect(diffOf(db, from, to, {})).toBeUndefined()
    }),
  )
})

describe('the cost of a diff', () => {
  const MODELS = 300
  /** Every day, five different models change their name. */
  const day = (number: number): Catalogue =>
    catalogueOf(
      ...Array.from({ length: MODELS }, (_, index) => {
        const changes = Math.floor((number - 1 - index / 5) / (MODELS / 5)) + 1
        return `model ${index} ${changes}`
      }),
    )
  const cost = (db: Database, from: number, to: number) => {
    const counted = countRows(db)
    return { summary: diffOf(counted.db, from, to, {})?.summary, rows: counted.rowsRead() }
  }

  it('of adjacent commits depends on what changed, not on the catalogue', () =>
    withDatabase((db) => {
      commitDaily(db, ...Array.from({ length: 30 }, (_, number) => day(number)))
      for (const [from, to] of [
        [1, 2],
        [15, 16],
        [29, 30],
        [16, 15],
      ] as const) {
        const { summary, rows } = cost(db, from, to)
        expect(summary?.changed).toBe(5)
        expect(rows, `${from} to ${to}`).toBeLessThan(MODELS / 3)
      }
    }))

  it('of commits some days apart depends on what changed between them', () =>
    withDatabase((db) => {
      commitDaily(db, ...Array.from({ length: 30 }, (_, number) => day(number)))
      const { summary, rows } = cost(db, 10, 14)
      expect(summary?.changed).toBe(20)
      expect(rows).toBeLessThan(MODELS)
    }))

  it('of commits far apart is that of reading both, plus the list of commits between them', () =>
    withDatabase((db) => {
      commitDaily(db, ...Array.from({ length: 70 }, (_, number) => day(number)))
      const { summary, rows } = cost(db, 2, 66)
      expect(summary?.changed).toBe(MODELS)
      const both = countRows(db)
      for (const seq of [2, 66]) revisionsAt(both.db, seq)
      expect(rows).toBeLessThanOrEqual(both.rowsRead() + 100)
    }))

  it('of a commit with itself is next to nothing', () =>
    withDatabase((db) => {
      commitDaily(db, day(0), day(1))
      expect(cost(db, 2, 2).rows).toBeLessThan(10)
    }))
})

describe('Registry.diff()', () => {
  it('returns a Diff as UTF-8 JSON', () =>
    withStored((registry, db) => {
      recommit(db, [catalogueOf('a'), catalogueOf('ü', 'b')])
      const diff = fromBytes<unknown>(registry.diff(1, 2, { only: ['identity'] }))
      expect(Diff.parse(diff)).toEqual(diffOf(db, 1, 2, { only: ['identity'] }))
      expect(registry.diff(1, 3, {})).toBeUndefined()
    }))
})

describe('changedPrices()', () => {
  it('are the prices in the diff of first-party models', () =>
    forAnyHistory((db, catalogues) => {
      for (const [from, to] of pairsOf(catalogues.length).filter(([from, to]) => from < to)) {
        const diff = diffOf(db, from, to, { only: ['pricing'], firstParty: true })
        expect(changedPrices(db, from, to)).toEqual(diff?.models.changed)
      }
    }))

  it('leaves out models whose names only look first-party', () =>
    withDatabase((db) => {
      const priced = (input: number) => ({
        providers: [provider()],
        models: [model({ name: '"firstParty":true', pricing: { input } })],
      })
      commitDaily(db, priced(1), priced(2))
      expect(changedPrices(db, 1, 2)).toEqual([])
      expect(changedPrices(db, 1, 3)).toBeUndefined()
    }))
})
