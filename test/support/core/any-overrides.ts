/**
 * Overrides of any kind on few keys, so that they interact with each other and with the sources. They never inherit in
 * a cycle: a base always comes earlier in one fixed order of keys, which does not affect the order of the overrides.
 */
import * as fc from 'fast-check'
import type { ModelOverride, Override, ProviderOverride } from '../../../src/core/overrides/override.ts'
import type { Catalogue, ModelKey } from '../../../src/core/schema/model.ts'
import { model, provider } from '../rows.ts'

export const PROVIDERS = ['acme', 'globex', 'Azure']
const VALUES = ['one', 'Two', 'org/three:free']
/** A base comes before what inherits from it. */
export const KEYS: ModelKey[] = VALUES.flatMap((value) => PROVIDERS.map((provider) => ({ provider, value })))

const price = fc.constantFrom(0, 0.1, 2.5)
const flag = fc.boolean()
const maybe = { requiredKeys: [] }

const anyFacts = fc.record(
  {
    name: fc.constantFrom('One', 'One (high)', 'ü "\\'),
    capabilities: fc.record({ text: flag, vision: flag }, maybe),
    iq: fc.constantFrom(0, 5),
    speed: fc.constantFrom(1, 2),
    pricing: fc.record({ input: price, output: price, blended: price, cacheRead: price }, maybe),
    metrics: fc.record(
      {
        ...{ intelligenceIndex: fc.constantFrom(12, 62), outputTokensPerSecond: fc.constant(120) },
        ...{ contextWindow: fc.constantFrom(100, 200), maxOutput: fc.constantFrom(50, 150) },
      },
      maybe,
    ),
    lab: fc.constantFrom('acme', 'globex'),
    firstParty: fc.constant(true as const),
    reasoning: fc.record(
      { toggle: fc.constant(true as const), budget: fc.record({ min: fc.nat(2), max: fc.nat(2) }, maybe) },
      maybe,
    ),
    status: fc.constantFrom('active' as const, 'deprecated' as const),
  },
  maybe,
)

const UNSETTABLE = [
  'iq',
  'speed',
  'pricing',
  'pricing.input',
  'pricing.blended',
  'metrics',
  'capabilities.text',
  'lab',
  'firstParty',
  'reasoning.budget',
]
const anyUnset = fc.subarray(UNSETTABLE, { maxLength: 2 })

export const anyModelOverride: fc.Arbitrary<ModelOverride> = fc.nat({ max: KEYS.length - 1 }).chain((index) => {
  const key = KEYS[index] ?? { provider: 'acme', value: 'one' }
  const inheritFrom =
    index === 0 ? fc.constant(undefined) : fc.option(fc.constantFrom(...KEYS.slice(0, index)), { nil: undefined })
  return fc
    .record({ inheritFrom, set: anyFacts, unset: anyUnset, hidden: flag })
    .map((put) => ({ ...key, ...withoutConflicts(put) }))
})

export const anyProviderOverride: fc.Arbitrary<ProviderOverride> = fc
  .record({
    provider: fc.constantFrom(...PROVIDERS),
    set: fc.record({ name: fc.constantFrom('P', 'Q'), website: fc.constant('https://p.example/') }, maybe),
    unset: fc.subarray(['keyPlaceholder']),
    hidden: fc.boolean(),
  })
  .map((put) => put)

export const targetOf = ({ provider, value = '' }: Override): string => `${provider}\n${value}`

/** At most one override per target. */
export const anyOverrides: fc.Arbitrary<Override[]> = fc.uniqueArray(
  fc.oneof({ arbitrary: anyModelOverride, weight: 3 }, { arbitrary: anyProviderOverride, weight: 1 }),
  { selector: targetOf, maxLength: 9 },
)

const anySourceFacts = anyFacts.map((facts) =>
  withoutEmpty({ ...facts, reasoning: undefined, metrics: consistent(facts.metrics) }),
)

/** What the sources may state: some of the keys, each of an existing provider. */
export const anySources: fc.Arbitrary<Catalogue> = fc
  .subarray(KEYS)
  .chain((keys) => fc.tuple(...keys.map((key) => anySourceFacts.map((facts) => model({ ...facts, ...key })))))
  .map((models) => {
    const sorted = models.sort((a, b) => byUnits(a.provider, b.provider) || byUnits(a.value, b.value))
    const values = [...new Set(sorted.map((facts) => facts.provider))]
    return { models: sorted, providers: values.map((value) => provider({ value, name: value, keyPlaceholder: 'k' })) }
  })

/** Removes facts that are both set and unset, which the API refuses. */
function withoutConflicts(put: Omit<ModelOverride, keyof ModelKey>): Omit<ModelOverride, keyof ModelKey> {
  const isSet = (path: string) => {
    const [fact = '', member] = path.split('.')
    const known = Reflect.get(put.set ?? {}, fact)
    return member === undefined ? known !== undefined : Reflect.get(Object(known), member) !== undefined
  }
  const { inheritFrom, ...rest } = put
  return { ...rest, ...(inheritFrom && { inheritFrom }), unset: put.unset?.filter((path) => !isSet(path)) ?? [] }
}

function consistent({ maxOutput, ...metrics }: { contextWindow?: number; maxOutput?: number } = {}) {
  return maxOutput === undefined || maxOutput > (metrics.contextWindow ?? maxOutput)
    ? metrics
    : { ...metrics, maxOutput }
}

function withoutEmpty<T extends object>(facts: T): T {
  const known = Object.entries(facts).filter(([, fact]) =>
    typeof fact === 'object' ? Object.keys(fact).length > 0 : fact !== undefined,
  )
  return Object.fromEntries(known) as T // only optional keys can hold an object
}

const byUnits = (a: string, b: string) => Number(a > b) - Number(a < b)
