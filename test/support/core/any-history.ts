/**
 * Histories in which models are added, changed, removed and returned. They use few keys, ids and facts, so that a short
 * history has all of this. All indices of a catalogue are on one scale, as in a pull.
 */
import * as fc from 'fast-check'
import type { Catalogue, Model, Provider } from '../../../src/core/schema/model.ts'
import { model, provider, uuidOf } from '../rows.ts'

const price = fc.constantFrom(0, 0.1, 2.5)
const flag = fc.boolean()
const figure = fc.constantFrom(0, 12.5, 62.25)

const anyFacts = fc.record(
  {
    name: fc.constantFrom('One', 'One (high)', 'ü "\\\n'),
    capabilities: fc.record({ text: flag, vision: flag }, { requiredKeys: [] }),
    iq: fc.constantFrom(0, 5),
    speed: fc.constantFrom(1, 2),
    pricing: fc.record({ input: price, output: price, cacheRead: price }, { requiredKeys: [] }),
    metrics: fc.record({ intelligenceIndex: figure, outputTokensPerSecond: figure }, { requiredKeys: [] }),
    firstParty: fc.constant(true as const),
    releaseDate: fc.constantFrom('2024-02-29', '2026-01-01'),
    status: fc.constantFrom('active' as const, 'deprecated' as const),
  },
  { requiredKeys: [] },
)

const anyModel = fc
  .record({
    provider: fc.constantFrom('acme', 'globex', '\u{10000}', '\uffee'),
    value: fc.constantFrom('one', 'One', 'org/two:free', 'constructor'),
    id: fc.constantFrom('x', 'y', 'z').map(uuidOf),
    facts: anyFacts,
  })
  .map(({ facts, ...key }): Model => model({ ...key, ...withoutEmpty(facts) }))

const anyProvider: fc.Arbitrary<Provider> = fc
  .record(
    {
      value: fc.constantFrom('acme', 'globex', '\u{10000}', '\uffee'),
      name: fc.constantFrom('Acme', 'ACME'),
      website: fc.constantFrom('https://acme.example/', 'https://acme.example/keys'),
    },
    { requiredKeys: ['value', 'name'] },
  )
  .map(provider)

export const anyCatalogue: fc.Arbitrary<Catalogue> = fc
  .record({
    scale: fc.constantFrom(3, 4.1, 4.3),
    models: fc.uniqueArray(anyModel, { maxLength: 9, selector: ({ provider, value }) => `${provider} ${value}` }),
    providers: fc.uniqueArray(anyProvider, { selector: ({ value }) => value }),
  })
  .map(({ scale, models, providers }) => ({
    providers: providers.sort((a, b) => byUnits(a.value, b.value)),
    models: models
      .filter((facts) => providers.some(({ value }) => value === facts.provider))
      .map((facts) => onScale(facts, scale))
      .sort((a, b) => byUnits(a.provider, b.provider) || byUnits(a.value, b.value)),
  }))

/** Catalogues in any order and with repetitions, but never twice in a row, which would not be a new commit. */
export const anyHistory: fc.Arbitrary<Catalogue[]> = fc
  .array(anyCatalogue, { minLength: 2, maxLength: 4 })
  .chain((pool) => fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 8 }))
  .map((catalogues) =>
    catalogues.filter((catalogue, index) => JSON.stringify(catalogue) !== JSON.stringify(catalogues[index - 1])),
  )

function onScale(facts: Model, scale: number): Model {
  if (facts.metrics?.intelligenceIndex === undefined) return facts
  return { ...facts, metrics: { ...facts.metrics, intelligenceIndexVersion: scale } }
}

function withoutEmpty<T extends object>(facts: T): T {
  const known = Object.entries(facts).filter(([, fact]) => typeof fact !== 'object' || Object.keys(fact).length > 0)
  return Object.fromEntries(known) as T // only optional keys can hold an object
}

const byUnits = (a: string, b: string) => Number(a > b) - Number(a < b)
