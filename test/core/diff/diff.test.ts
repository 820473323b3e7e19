import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff, diffCatalogues } from '../../../src/core/diff/diff.ts'
import type { CatalogueDiff } from '../../../src/core/schema/history.ts'
import type { Catalogue, Model } from '../../../src/core/schema/model.ts'
import { anyCatalogue, anyHistory } from '../../support/core/any-history.ts'
import { independentChanges, reversed } from '../../support/core/leaves.ts'
import { independentCanonical } from '../../support/core/naive/independent-canonical.ts'
import { inTwoOrders } from '../../support/core/two-orders.ts'
import { model, provider, uuidOf } from '../../support/rows.ts'

const NOTHING: CatalogueDiff = {
  summary: { added: 0, removed: 0, changed: 0 },
  providers: { added: [], removed: [], changed: [] },
  models: { added: [], removed: [], changed: [] },
}

const catalogue = (models: Model[] = [], providers = [provider()]): Catalogue => ({ providers, models })
const diffOf = (before: Model[], after: Model[]) => diffCatalogues(catalogue(before), catalogue(after))
const keyOf = ({ provider, value }: { provider: string; value: string }) => `${provider}\n${value}`
const indexed = (value: string, intelligenceIndexVersion: number, intelligenceIndex = 50) =>
  model({ value, metrics: { intelligenceIndex, intelligenceIndexVersion } })

describe('diffCatalogues()', () => {
  it('turns the first catalogue into exactly the second when applied', () => {
    fc.assert(
      fc.property(anyCatalogue, anyCatalogue, (before, after) => {
        const reached = applyDiff(before, diffCatalogues(before, after))
        expect(reached).toEqual(after)
        expect(independentCanonical(reached)).toBe(independentCanonical(after))
      }),
      { numRuns: 300 },
    )
  })

  it('can be applied along any history and back, after a round trip through JSON', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const [first = catalogue(), ...rest] = history
        let reached = first
        for (const next of [...rest, ...history.toReversed()])
          reached = applyDiff(reached, JSON.parse(JSON.stringify(diffCatalogues(reached, next))))
        expect(reached).toEqual(first)
      }),
    )
  })

  it('is empty between a catalogue and itself', () => {
    fc.assert(
      fc.property(anyCatalogue, (same) => {
        expect(diffCatalogues(same, structuredClone(same))).toEqual(NOTHING)
      }),
    )
  })

  it('is reversed if its ends are swapped', () => {
    fc.assert(
      fc.property(anyCatalogue, anyCatalogue, (before, after) => {
        expect(diffCatalogues(after, before)).toEqual(reverse(diffCatalogues(before, after)))
      }),
    )
  })

  it('lists what was added, removed and changed, each by its key and in the order of a manifest', () => {
    fc.assert(
      fc.property(anyCatalogue, anyCatalogue, (before, after) => {
        const { models, providers, summary } = diffCatalogues(before, after)
        const old = new Map(before.models.map((facts) => [keyOf(facts), facts]))
        const kept = new Map(after.models.map((facts) => [keyOf(facts), facts]))
        expect(models.added).toEqual(after.models.filter((facts) => !old.has(keyOf(facts))))
        expect(models.removed).toEqual(before.models.filter((facts) => !kept.has(keyOf(facts))))
        expect(models.changed).toEqual(
          after.models.flatMap((facts) => {
            const changes = independentChanges(old.get(keyOf(facts)) ?? facts, facts)
            return changes.length > 0 ? [{ provider: facts.provider, value: facts.value, changes }] : []
          }),
        )
        expect(summary).toEqual({
          added: models.added.length,
          removed: models.removed.length,
          changed: models.changed.length,
        })
        const values = new Set(before.providers.map(({ value }) => value))
        expect(providers.added).toEqual(after.providers.filter(({ value }) => !values.has(value)))
      }),
    )
  })

  it('does not depend on the order in which the parts are given', () => {
    const inAnyOrder = anyCatalogue.chain(({ providers, models }) =>
      fc.record({ providers: inTwoOrders(fc.constant(providers)), models: inTwoOrders(fc.constant(models)) }),
    )
    fc.assert(
      fc.property(inAnyOrder, inAnyOrder, (before, after) => {
        const pick = (order: 0 | 1) =>
          diffCatalogues(
            { providers: before.providers[order], models: before.models[order] },
            { providers: after.providers[order], models: after.models[order] },
          )
        expect(pick(1)).toEqual(pick(0))
      }),
    )
  })

  it('reports a slug that moved to another id as a changed id', () => {
    const [before, after] = [model({ id: uuidOf('old') }), model({ id: uuidOf('new') })]
    expect(diffOf([before], [after])).toEqual({
      ...NOTHING,
      summary: { added: 0, removed: 0, changed: 1 },
      models: {
        ...NOTHING.models,
        changed: [
          {
            provider: 'acme',
            value: 'acme-one',
            changes: [{ path: 'id', before: uuidOf('old'), after: uuidOf('new') }],
          },
        ],
      },
    })
  })

  it.each([
    ['slug', { value: 'acme-two' }],
    ['provider', { provider: 'globex' }],
  ])('reports an id that moved to another %s as one model removed and one added', (_what, moved) => {
    const before = model({ id: uuidOf('x') })
    const after = { ...before, ...moved }
    expect(diffOf([before], [after])).toEqual({
      ...NOTHING,
      summary: { added: 1, removed: 1, changed: 0 },
      models: { added: [after], removed: [before], changed: [] },
    })
  })

  it('does not confuse keys that look alike when joined', () => {
    const before = model({ provider: 'a', value: 'b/c' })
    const after = model({ provider: 'a/b', value: 'c' })
    expect(diffOf([before], [after]).summary).toEqual({ added: 1, removed: 1, changed: 0 })
  })

  it('counts only models in its summary, but also lists the providers', () => {
    const globex = provider({ value: 'globex' })
    const old = { providers: [provider(), globex], models: [] }
    const next = { providers: [provider({ website: 'https://acme.example/' })], models: [] }
    expect(diffCatalogues(old, next)).toEqual({
      ...NOTHING,
      providers: {
        added: [],
        removed: [globex],
        changed: [{ provider: 'acme', changes: [{ path: 'website', after: 'https://acme.example/' }] }],
      },
    })
  })
})

describe('rescaled', () => {
  it('names the scales that the index changed between', () => {
    const diff = diffOf([indexed('a', 4.1), indexed('b', 4.1)], [indexed('a', 4.3, 40), indexed('b', 4.3)])
    expect(diff.rescaled).toEqual({ from: 'artificial-analysis@4.1', to: 'artificial-analysis@4.3' })
  })

  it('is reported if only some models have an index', () => {
    expect(diffOf([indexed('a', 3), model()], [indexed('a', 4.1), model()]).rescaled).toEqual({
      from: 'artificial-analysis@3',
      to: 'artificial-analysis@4.1',
    })
  })

  it('is absent if scores changed on the same scale', () => {
    expect(diffOf([indexed('a', 4.1, 50)], [indexed('a', 4.1, 40)])).not.toHaveProperty('rescaled')
  })

  it('is absent if a model is measured for the first time, or no longer measured', () => {
    const unmeasured = model({ value: 'a' })
    expect(diffOf([unmeasured], [indexed('a', 4.1)])).not.toHaveProperty('rescaled')
    expect(diffOf([indexed('a', 4.1)], [unmeasured])).not.toHaveProperty('rescaled')
  })

  it('is the change of most models, even if a correction changed one differently', () => {
    const before = [indexed('a', 3), indexed('b', 4.1), indexed('c', 4.1)]
    const after = [indexed('a', 4.1), indexed('b', 4.3), indexed('c', 4.3)]
    expect(diffOf(before, after).rescaled).toEqual({ from: 'artificial-analysis@4.1', to: 'artificial-analysis@4.3' })
  })

  it('does not depend on order if two changes are equally common', () => {
    const before = [indexed('a', 3), indexed('b', 4.1)]
    const after = [indexed('a', 4.1), indexed('b', 4.3)]
    expect(diffOf(before.toReversed(), after.toReversed()).rescaled).toEqual(diffOf(before, after).rescaled)
  })
})

function reverse({ summary, rescaled, providers, models }: CatalogueDiff): CatalogueDiff {
  const turn = <Entry extends { changes: Parameters<typeof reversed>[0][] }>(changed: Entry[]) =>
    changed.map((entry) => ({ ...entry, changes: entry.changes.map(reversed) }))
  return {
    summary: { added: summary.removed, removed: summary.added, changed: summary.changed },
    ...(rescaled && { rescaled: { from: rescaled.to, to: rescaled.from } }),
    providers: { added: providers.removed, removed: providers.added, changed: turn(providers.changed) },
    models: { added: models.removed, removed: models.added, changed: turn(models.changed) },
  }
}
