import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCatalogue } from '../../../src/core/guard/guard-catalogue.ts'
import { ARTIFICIAL_ANALYSIS_LIMITS, MODELS_DEV_LIMITS } from '../../../src/core/guard/guard-limits.ts'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'
import { reasonsToHold } from '../../../src/core/guard/reasons-to-hold.ts'
import { sumOfTotals, totalsOf } from '../../../src/core/guard/totals.ts'

/** Limits so strict that a change of a few rows exceeds one. */
const STRICT = {
  ...ARTIFICIAL_ANALYSIS_LIMITS,
  whole: { ...ARTIFICIAL_ANALYSIS_LIMITS.whole, growth: { maxShare: 0.5, minimum: 3 } },
}
const limits = fc.constantFrom(STRICT, ARTIFICIAL_ANALYSIS_LIMITS, MODELS_DEV_LIMITS)

const figure = fc.option(fc.constantFrom(0, 1e-6, 0.5, 1, 3, 1e5), { nil: undefined })
const row = fc.record({
  provider: fc.constantFrom('a', 'b', 'c'),
  value: fc.integer({ min: 0, max: 30 }).map((n) => `m${n}`),
  id: fc.option(
    fc.integer({ min: 0, max: 60 }).map((n) => `id${n}`),
    { nil: undefined },
  ),
  input: figure,
  output: figure,
  speed: figure,
  score: figure,
})
/** Keys and identifiers are unique in a pull. */
const rows = fc
  .uniqueArray(row, { maxLength: 60, selector: ({ provider, value }) => `${provider}/${value}` })
  .map((all) => {
    const ids = new Set<string>()
    return all.map((known): GuardedRow => {
      const { id, ...rest } = known
      if (id === undefined || ids.has(id)) return rest
      ids.add(id)
      return known
    })
  })

const byProvider = (all: GuardedRow[]) => Map.groupBy(all, ({ provider }) => provider)

describe('the guard', () => {
  it('never holds a pull against itself', () => {
    fc.assert(
      fc.property(rows, limits, (pull, { whole, provider }) => {
        expect(reasonsToHold(pull, structuredClone(pull), whole)).toEqual([])
        expect(reasonsToHold(pull, structuredClone(pull), provider)).toEqual([])
      }),
    )
  })

  it('never holds a catalogue against itself', () => {
    fc.assert(
      fc.property(rows, limits, (pull, of) => {
        const verdict = guardCatalogue(byProvider(pull), byProvider(structuredClone(pull)), of)
        expect(verdict).toEqual({ heldProviders: new Map() })
      }),
    )
  })

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(rows, rows, limits, fc.integer(), (previous, next, { whole }, turn) => {
        const shuffled = (all: GuardedRow[]) => {
          const at = all.length === 0 ? 0 : Math.abs(turn) % all.length
          return [...all.slice(at), ...all.slice(0, at)].toReversed()
        }
        expect(reasonsToHold(shuffled(previous), shuffled(next), whole)).toEqual(reasonsToHold(previous, next, whole))
      }),
    )
  })

  it('does not depend on the order of providers', () => {
    const reversed = <K, V>(map: Map<K, V>) => new Map([...map].toReversed())
    fc.assert(
      fc.property(rows, rows, limits, (previous, next, of) => {
        const [a, b] = [byProvider(previous), byProvider(next)]
        expect(guardCatalogue(reversed(a), reversed(b), of)).toEqual(guardCatalogue(a, b, of))
      }),
    )
  })

  it('does not need the rows of providers that did not change', () => {
    fc.assert(
      fc.property(rows, rows, limits, (previous, next, of) => {
        const others = guardRows(previous)
        const unchanged = sumOfTotals([...others.values()].map(totalsOf))
        const all = guardCatalogue(
          new Map([...byProvider(previous), ...others]),
          new Map([...byProvider(next), ...others]),
          of,
        )
        expect(guardCatalogue(byProvider(previous), byProvider(next), of, unchanged)).toEqual(all)
      }),
    )
  })

  it('does not modify its input', () => {
    fc.assert(
      fc.property(rows, rows, limits, (previous, next, of) => {
        const before = structuredClone({ previous, next })
        guardCatalogue(byProvider(previous), byProvider(next), of)
        expect({ previous, next }).toEqual(before)
      }),
    )
  })
})

/** The same rows at other providers, without identifiers, which are unique. */
const guardRows = (all: GuardedRow[]) =>
  byProvider(all.map(({ id: _, ...known }) => ({ ...known, provider: `other-${known.provider}` })))
