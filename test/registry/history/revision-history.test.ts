import { reset } from 'cloudflare:test'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CHANGE_GROUPS } from '../../../src/core/diff/filter.ts'
import { ModelHistory, ProviderHistory } from '../../../src/core/schema/history.ts'
import type { Catalogue, Model } from '../../../src/core/schema/model.ts'
import type { Registry } from '../../../src/registry/registry.ts'
import type { Database } from '../../../src/registry/store/database.ts'
import { anyHistory } from '../../support/core/any-history.ts'
import { independentChanges } from '../../support/core/leaves.ts'
import { commitDaily, commitsOf } from '../../support/registry/stored/stored-history.ts'
import { fromBytes, recommit, withStored } from '../../support/registry/stored/stored-registry.ts'
import { model, provider, uuidOf } from '../../support/rows.ts'

afterEach(reset)

type Query = Partial<Parameters<Registry['history']>[0]>
const LAST = Number.MAX_SAFE_INTEGER
const KEY = { provider: 'acme', value: 'acme-one' }

function modelHistory(registry: Registry, query: Query = {}): ModelHistory | undefined {
  const bytes = registry.history({ kind: 'model', ...KEY, limit: 100, asOf: LAST, ...query })
  const history = fromBytes<unknown>(bytes)
  return history === undefined ? undefined : ModelHistory.parse(history)
}

const revisionsOf = (registry: Registry, query: Query = {}) => modelHistory(registry, query)?.revisions ?? []
const span = ({ from, to }: ModelHistory['revisions'][number]) => [from.seq, to?.seq]
const pathsOf = ({ changes }: ModelHistory['revisions'][number]) => changes.map(({ path }) => path)

/** Makes one commit per day. `undefined` is a day without the model. */
function commitModels(db: Database, ...days: (Partial<Model> | undefined)[]): void {
  commitDaily(
    db,
    ...days.map((facts) => ({ providers: [provider()], models: facts ? [model(facts), OTHER] : [OTHER] })),
  )
}
const OTHER = model({ value: 'other' })
const price = (input: number) => ({ pricing: { input } })
const fast = (speed: number, input: number) => ({ speed, pricing: { input } })

describe('the history of a model', () => {
  it('has its revisions, newest first, each with the commits that began and ended it', () =>
    withStored((registry, db) => {
      commitModels(db, { iq: 1 }, { iq: 2 }, { iq: 3 })
      const [first, second, third] = commitsOf(db)
      expect(modelHistory(registry)).toEqual({
        ...KEY,
        revisions: [
          { from: third, model: model({ iq: 3 }), changes: [{ path: 'iq', before: 2, after: 3 }] },
          { from: second, to: third, model: model({ iq: 2 }), changes: [{ path: 'iq', before: 1, after: 2 }] },
          { from: first, to: second, model: model({ iq: 1 }), changes: expect.any(Array) },
        ],
      })
    }))

  it('skips commits in which it did not change', () =>
    withStored((registry, db) => {
      const others = (name: string) => ({ providers: [provider()], models: [model(), model({ value: 'other', name })] })
      commitDaily(db, others('a'), others('b'), others('c'))
      expect(revisionsOf(registry).map(span)).toEqual([[1, undefined]])
    }))

  it('reports when it was removed, and that it is removed now', () =>
    withStored((registry, db) => {
      commitModels(db, price(1), undefined, price(2), undefined)
      const revisions = revisionsOf(registry)
      expect(revisions.map(span)).toEqual([
        [4, undefined],
        [3, 4],
        [2, 3],
        [1, 2],
      ])
      expect(revisions.map(({ model }) => model?.pricing?.input)).toEqual([undefined, 2, undefined, 1])
      for (const gone of [revisions[0], revisions[2]]) expect(gone).not.toHaveProperty('model')
    }))

  it('begins with the commit in which it was first seen', () =>
    withStored((registry, db) => {
      commitModels(db, undefined, price(1))
      expect(revisionsOf(registry).map(span)).toEqual([[2, undefined]])
    }))

  it('reports a slug that moved to another id', () =>
    withStored((registry, db) => {
      commitModels(db, { id: uuidOf('old') }, { id: uuidOf('new') })
      expect(revisionsOf(registry)[0]?.changes).toEqual([{ path: 'id', before: uuidOf('old'), after: uuidOf('new') }])
    }))

  it('includes only its key: neither the same value at another provider nor the same id elsewhere', () =>
    withStored((registry, db) => {
      const twins = (name: string) => ({
        providers: ['acme', 'globex'].map((value) => provider({ value })),
        models: [model({ name: 'mine' }), model({ provider: 'globex', name })],
      })
      commitDaily(db, twins('a'), twins('b'))
      expect(revisionsOf(registry)).toHaveLength(1)
      expect(revisionsOf(registry, { provider: 'globex' })).toHaveLength(2)
    }))

  it.each([
    { provider: 'acme', value: 'ACME-one' },
    { provider: 'nowhere', value: 'acme-one' },
    { provider: 'acme', value: '' },
    { kind: 'provider' as const, provider: 'nowhere', value: '' },
    { kind: 'provider' as const, provider: 'acme', value: 'acme-one' },
  ])('is empty for a key that never existed: %o', (query) =>
    withStored((registry, db) => {
      commitModels(db, {})
      expect(registry.history({ kind: 'model', ...KEY, limit: 9, asOf: LAST, ...query })).toBeUndefined()
    }),
  )

  it('is limited to the newest revisions', () =>
    withStored((registry, db) => {
      commitModels(db, price(1), price(2), undefined, price(3), price(4))
      const all = revisionsOf(registry)
      for (const limit of [1, 2, 3, 5, 6]) expect(revisionsOf(registry, { limit })).toEqual(all.slice(0, limit))
    }))

  it('reads no more revisions than its limit, plus the one before them', () =>
    withStored((registry, db) => {
      commitModels(db, ...[1, 2, 3, 4, 5, 6, 7].map(price))
      const parse = vi.spyOn(JSON, 'parse')
      registry.history({ kind: 'model', ...KEY, limit: 2, asOf: LAST })
      const bodies = parse.mock.calls.filter(([text]) => text.includes('"value":"acme-one"'))
      parse.mockRestore()
      expect(bodies).toHaveLength(3)
    }))
})

describe('as of a commit', () => {
  it('contains nothing from later commits', () =>
    withStored((registry, db) => {
      commitModels(db, price(1), price(2), undefined, price(3))
      const spans = [1, 2, 3, 4].map((asOf) => revisionsOf(registry, { asOf }).map(span))
      expect(spans).toEqual([
        [[1, undefined]],
        [
          [2, undefined],
          [1, 2],
        ],
        [
          [3, undefined],
          [2, 3],
          [1, 2],
        ],
        [
          [4, undefined],
          [3, 4],
          [2, 3],
          [1, 2],
        ],
      ])
    }))

  it('is empty for a model that did not exist yet', () =>
    withStored((registry, db) => {
      commitModels(db, undefined, {})
      expect(modelHistory(registry, { asOf: 1 })).toBeUndefined()
    }))
})

describe('only=pricing', () => {
  it('merges revisions that differ only in other facts', () =>
    withStored((registry, db) => {
      commitModels(db, fast(1, 1), fast(2, 1), fast(3, 2), fast(4, 2), fast(5, 1))
      const revisions = revisionsOf(registry, { only: ['pricing'] })
      expect(revisions.map(span)).toEqual([
        [5, undefined],
        [3, 5],
        [1, 3],
      ])
      expect(revisions.map(({ model }) => model?.pricing?.input)).toEqual([1, 2, 1])
      expect(revisions.slice(0, 2).map(({ changes }) => changes)).toEqual([
        [{ path: 'pricing.input', before: 2, after: 1 }],
        [{ path: 'pricing.input', before: 1, after: 2 }],
      ])
    }))

  it('is one revision if the price never changed', () =>
    withStored((registry, db) => {
      commitModels(db, fast(1, 1), fast(2, 1), fast(3, 1))
      expect(revisionsOf(registry, { only: ['pricing'] }).map(span)).toEqual([[1, undefined]])
    }))

  it('still reports that the model was removed', () =>
    withStored((registry, db) => {
      commitModels(db, fast(1, 1), undefined, fast(2, 1), fast(3, 1))
      expect(revisionsOf(registry, { only: ['pricing'] }).map(span)).toEqual([
        [3, undefined],
        [2, 3],
        [1, 2],
      ])
    }))

  it('reports prices that were added and removed', () =>
    withStored((registry, db) => {
      commitModels(db, {}, price(1), { speed: 1 })
      const changes = revisionsOf(registry, { only: ['pricing'] }).map(pathsOf)
      expect(changes.slice(0, 2)).toEqual([['pricing.input'], ['pricing.input']])
    }))

  it('counts merged revisions as one against the limit', () =>
    withStored((registry, db) => {
      commitModels(db, fast(1, 1), fast(2, 2), fast(3, 2), fast(4, 2))
      expect(revisionsOf(registry, { only: ['pricing'], limit: 2 }).map(span)).toEqual([
        [2, undefined],
        [1, 2],
      ])
    }))
})

describe('the history of a provider', () => {
  it('has its revisions with the provider of each', () =>
    withStored((registry, db) => {
      const named = (name: string): Catalogue => ({ providers: [provider({ name })], models: [] })
      commitDaily(db, named('Acme'), named('ACME'), { providers: [], models: [] })
      const bytes = registry.history({ kind: 'provider', provider: 'acme', value: '', limit: 9, asOf: LAST })
      const [first, second, third] = commitsOf(db)
      const history = fromBytes<unknown>(bytes)
      expect(ProviderHistory.parse(history)).toEqual(history)
      expect(history).toEqual({
        provider: 'acme',
        revisions: [
          { from: third, changes: expect.any(Array) },
          {
            ...{ from: second, to: third, provider: provider({ name: 'ACME' }) },
            changes: [{ path: 'name', before: 'Acme', after: 'ACME' }],
          },
          { from: first, to: second, provider: provider({ name: 'Acme' }), changes: expect.any(Array) },
        ],
      })
    }))
})

describe('after any sequence of commits', () => {
  const KEYS = ['acme', 'globex', '\u{10000}', '\uffee'].flatMap((owner) =>
    ['one', 'One', 'org/two:free', 'constructor'].map((value) => ({ provider: owner, value })),
  )
  const anyOnly = fc.option(fc.subarray([...CHANGE_GROUPS], { minLength: 1 }), { nil: undefined })

  it('a history, of any groups, agrees with the manifest of every commit', () =>
    withStored((registry, db) => {
      fc.assert(
        fc.property(anyHistory, anyOnly, (catalogues, only) => {
          recommit(db, catalogues)
          for (const key of KEYS) {
            const days = catalogues.map(({ models }) => models.find((known) => isOf(key, known)))
            const revisions = revisionsOf(registry, { ...key, ...(only && { only }) })
            expect(revisions.length === 0).toBe(days.every((day) => day === undefined))
            for (const [index, { from, to, model: revised }] of revisions.entries()) {
              expect(to?.seq).toBe(revisions[index - 1]?.from.seq)
              for (const day of days.slice(from.seq - 1, (to?.seq ?? LAST) - 1)) {
                expect(revised === undefined).toBe(day === undefined)
                expect(kept(independentChanges(revised ?? {}, day ?? {}), only)).toEqual([])
              }
              const before = revisions[index + 1]?.model
              if (before && revised) expect(kept(independentChanges(before, revised), only).length).toBeGreaterThan(0)
            }
          }
        }),
        { numRuns: 40 },
      )
    }))
})

const isOf = (key: typeof KEY, known: Model) => key.provider === known.provider && key.value === known.value

/** The changes between two merged revisions that a filtered history must not miss. */
function kept(changes: { path: string }[], only: readonly string[] | undefined): string[] {
  const identity = ['id', 'name', 'alias', 'releaseDate']
  const groupOf = (path: string) => (identity.includes(path) ? 'identity' : (path.split('.')[0] ?? ''))
  return changes.map(({ path }) => path).filter((path) => !only || only.includes(groupOf(path)))
}
