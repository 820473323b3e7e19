import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { affectedProviders, neededProviders } from '../../../src/core/overrides/affected-providers.ts'
import { isModelOverride, type Override } from '../../../src/core/overrides/override.ts'
import { Catalogue } from '../../../src/core/schema/model.ts'
import { anyOverrides, anySources, KEYS, PROVIDERS, targetOf } from '../../support/core/any-overrides.ts'
import { naiveOverrides } from '../../support/core/naive/naive-overrides.ts'
import { keyOf, NOTHING, overridden } from '../../support/core/overridden.ts'

interface Case {
  sources: Catalogue
  overrides: Override[]
  remembered: Catalogue
}
const anyCase: fc.Arbitrary<Case> = fc.record({ sources: anySources, overrides: anyOverrides, remembered: anySources })

const forAny = (check: (given: Case) => void) => fc.assert(fc.property(anyCase, check), { numRuns: 300 })
const ofCase = ({ sources, overrides, remembered }: Case) => overridden(sources, overrides, { remembered })

describe('for any sources, overrides and remembered facts', () => {
  it('the catalogue equals that of an independent implementation', () =>
    forAny((given) => {
      expect(ofCase(given).catalogue).toEqual(naiveOverrides(given.sources, given.overrides, given.remembered))
    }))

  it('the order of the overrides never matters', () => {
    const orders = anyCase.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given.overrides, { minLength: given.overrides.length })),
    )
    fc.assert(
      fc.property(orders, ([given, shuffled]) => {
        const { catalogue, orphaned, remembered } = ofCase({ ...given, overrides: shuffled })
        const first = ofCase(given)
        expect({ catalogue, orphaned }).toEqual({ catalogue: first.catalogue, orphaned: first.orphaned })
        expect(sorted(remembered)).toEqual(sorted(first.remembered))
      }),
      { numRuns: 300 },
    )
  })

  it('the input is not modified', () =>
    forAny((given) => {
      const before = structuredClone(given)
      ofCase(given)
      expect(given).toEqual(before)
    }))

  it('the catalogue is valid and sorted, with no key twice and the provider of every model', () =>
    forAny((given) => {
      const { catalogue } = ofCase(given)
      expect(Catalogue.parse(catalogue)).toEqual(catalogue)
      const providers = catalogue.providers.map(({ value }) => value)
      expect(new Set(catalogue.models.map(keyOf)).size).toBe(catalogue.models.length)
      expect(providers).toEqual([...new Set(providers)].sort())
      for (const { provider } of catalogue.models) expect(providers).toContain(provider)
    }))

  it('models without an override are as the sources state, unless their provider is hidden', () =>
    forAny((given) => {
      const targets = new Set(given.overrides.map(targetOf))
      const hidden = given.overrides
        .filter((put) => !isModelOverride(put) && put.hidden)
        .map(({ provider }) => provider)
      const untouched = given.sources.models.filter(
        (model) => !targets.has(targetOf(model)) && !hidden.includes(model.provider),
      )
      expect(ofCase(given).catalogue.models).toEqual(expect.arrayContaining(untouched))
    }))

  it('orphaned models are served, and have no base in the sources', () =>
    forAny((given) => {
      const { catalogue, orphaned } = ofCase(given)
      expect(catalogue.models.map(keyOf)).toEqual(expect.arrayContaining(orphaned.map(keyOf)))
      const whole = ofCase({ ...given, remembered: NOTHING })
      expect(whole.orphaned).toEqual([])
    }))

  it('the remembered facts are sufficient: remembering more changes nothing', () =>
    forAny((given) => {
      const first = ofCase(given)
      const again = ofCase({ ...given, remembered: first.remembered })
      expect(sorted(again.remembered)).toEqual(sorted(first.remembered))
      const lost = ofCase({ ...given, sources: NOTHING, remembered: first.remembered })
      expect(ofCase({ ...given, sources: NOTHING, remembered: lost.remembered })).toEqual(lost)
    }))

  it('without overrides the catalogue is what the sources state', () =>
    forAny(({ sources, remembered }) => {
      expect(overridden(sources, [], { remembered })).toEqual({
        catalogue: sources,
        orphaned: [],
        contradictions: [],
        lapses: [],
        remembered: NOTHING,
      })
    }))
})

describe('a change of some targets', () => {
  const anyChange = fc.record({
    given: anyCase,
    changed: fc.subarray([...KEYS, ...PROVIDERS.map((provider) => ({ provider, value: undefined }))]),
  })
  const partsOf = ({ providers, models }: Catalogue, isWanted: (provider: string) => boolean): Catalogue => ({
    providers: providers.filter(({ value }) => isWanted(value)),
    models: models.filter(({ provider }) => isWanted(provider)),
  })

  it('builds the same from the affected parts alone as from everything', () => {
    fc.assert(
      fc.property(anyChange, ({ given: { sources, overrides, remembered }, changed }) => {
        const only = affectedProviders(changed, overrides)
        const needed = neededProviders(only, overrides)
        const some = partsOf(sources, (provider) => needed.has(provider))
        const part = overridden(some, overrides, { remembered, only })
        const whole = overridden(sources, overrides, { remembered })
        expect(part.catalogue).toEqual(partsOf(whole.catalogue, (provider) => only.has(provider)))
        expect(part.orphaned).toEqual(whole.orphaned.filter(({ provider }) => only.has(provider)))
        expect(part.contradictions).toEqual(whole.contradictions.filter(({ provider }) => only.has(provider)))
      }),
      { numRuns: 500 },
    )
  })

  it('does not change any other part', () => {
    fc.assert(
      fc.property(anyChange, anyOverrides, ({ given, changed }, others) => {
        const targets = new Set(changed.map(targetOf))
        const isChanged = (override: Override) => targets.has(targetOf(override))
        const kept = given.overrides.filter((override) => !isChanged(override))
        const next = [...kept, ...others.filter(isChanged)]
        const only = affectedProviders(changed, next)
        const isOther = (provider: string) => !only.has(provider)
        const before = partsOf(ofCase(given).catalogue, isOther)
        expect(partsOf(ofCase({ ...given, overrides: next }).catalogue, isOther)).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })

  it('of the sources affects everything that inherits from a model of the provider', () => {
    fc.assert(
      fc.property(anyCase, anySources, fc.constantFrom(...PROVIDERS), (given, others, changed) => {
        const isOf = (provider: string) => provider === changed
        const [kept, next] = [partsOf(given.sources, (name) => !isOf(name)), partsOf(others, isOf)]
        const sources = { providers: [...kept.providers, ...next.providers], models: [...kept.models, ...next.models] }
        const only = affectedProviders([{ provider: changed }], given.overrides)
        const isOther = (provider: string) => !only.has(provider)
        const before = partsOf(ofCase(given).catalogue, isOther)
        expect(partsOf(ofCase({ ...given, sources }).catalogue, isOther)).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })
})

function sorted({ models, providers }: Catalogue): string[] {
  return [...models, ...providers].map((entity) => JSON.stringify(entity)).sort()
}
