/**
 * Overrides by a second implementation, written from the specification alone: each model is derived from scratch
 * whenever it is requested. For catalogues without cycles.
 */
import type { ModelOverride, Override } from '../../../../src/core/overrides/override.ts'
import type { Catalogue, Model, ModelKey, Provider } from '../../../../src/core/schema/model.ts'

type Facts = Record<string, unknown>
const IQ_STEPS = [25, 35, 45, 55, 65]
const SPEED_STEPS = [25, 50, 100, 200, 300]
const DERIVED: [string, string[], (facts: Facts, iqSteps: readonly number[]) => unknown][] = [
  ['pricing.blended', ['pricing.input', 'pricing.output'], blended],
  ['iq', ['metrics.intelligenceIndex'], (facts, bounds) => steps(at(facts, 'metrics.intelligenceIndex'), bounds)],
  [
    'speed',
    ['metrics.outputTokensPerSecond'],
    (facts) => steps(at(facts, 'metrics.outputTokensPerSecond'), SPEED_STEPS),
  ],
]

/** The models and providers that are served. */
export function naiveOverrides(
  sources: Catalogue,
  overrides: Override[],
  remembered: Catalogue,
  iqSteps: readonly number[] = IQ_STEPS,
): Catalogue {
  const ofModels = overrides.filter((put): put is ModelOverride => put.value !== undefined)
  const is = (key: ModelKey) => (facts: ModelKey) => facts.provider === key.provider && facts.value === key.value
  const creates = (put: ModelOverride) => put.inheritFrom !== undefined || put.set?.name !== undefined

  const factsOf = (key: ModelKey): Facts | undefined => {
    const put = ofModels.find(is(key))
    const base = put?.inheritFrom ? factsOf(put.inheritFrom) : [...sources.models, ...remembered.models].find(is(key))
    if (!put) return base
    if (base === undefined && (put.inheritFrom !== undefined || put.set?.name === undefined)) return undefined
    const last = key.value.split('/').at(-1)
    const corrected = correct({ status: 'active', type: 'chat', ...base }, put, iqSteps)
    const family = at(corrected, 'family') ?? `${at(corrected, 'lab') ?? key.provider}/${last}`
    const isOfOther = base && (base.provider !== key.provider || base.lab !== corrected.lab)
    const { firstParty, ...rest }: Facts = { ...corrected, family, provider: key.provider }
    const isOwn = put.set?.firstParty ?? (firstParty && !isOfOther)
    return isOwn ? { ...rest, firstParty } : rest
  }
  const keys = [...sources.models, ...ofModels.filter((put) => creates(put) && !sources.models.some(is(put)))]
  const all = keys.flatMap((key) => {
    const facts = factsOf(key)
    const id =
      sources.models.find(is(key))?.id ?? `custom:${key.provider}:${key.value.replace('/', '%2F').replace(':', '%3A')}`
    const { provider, value } = key
    return facts ? [{ ...facts, id, provider, value } as unknown as Model] : []
  })
  const providers = providersOf(sources, overrides, remembered, all)
  const isServed = (key: ModelKey) =>
    !ofModels.find(is(key))?.hidden && providers.some(({ value }) => value === key.provider)
  return {
    providers,
    models: all.filter(isServed).sort((a, b) => order(a.provider, b.provider) || order(a.value, b.value)),
  }
}

function providersOf(sources: Catalogue, overrides: Override[], remembered: Catalogue, models: Model[]): Provider[] {
  const puts = overrides.filter((put) => put.value === undefined)
  const values = [
    ...sources.providers.map(({ value }) => value),
    ...puts.map(({ provider }) => provider),
    ...models.map(({ provider }) => provider),
  ]
  return [...new Set(values)].sort(order).flatMap((value) => {
    const put = puts.find(({ provider }) => provider === value)
    const isNamed = put?.set?.name !== undefined
    const known = sources.providers.find((facts) => facts.value === value)
    const isNeeded = models.some(({ provider }) => provider === value) && !isNamed
    const facts = known ?? (isNeeded ? remembered.providers.find((last) => last.value === value) : undefined)
    if (put?.hidden || (!facts && !isNamed)) return []
    const merged: Facts = { status: 'active', ...facts, ...put?.set, value }
    for (const path of put?.unset ?? []) delete merged[path]
    return [merged as unknown as Provider]
  })
}

function correct(before: Facts, { set = {}, unset = [] }: ModelOverride, iqSteps: readonly number[]): Facts {
  const facts: Facts = structuredClone(before)
  for (const [key, fact] of Object.entries(set)) facts[key] = merged(facts[key], fact)
  if (set.name !== undefined) facts.alias = set.name.replace(/( *\([^()]*\))+$/, '')
  const says = (path: string) =>
    at(set as Facts, path) !== undefined || unset.some((gone) => path === gone || path.startsWith(`${gone}.`))
  for (const path of unset) put(facts, path, undefined)
  for (const [path, from, work] of DERIVED) if (from.some(says) && !says(path)) put(facts, path, work(facts, iqSteps))
  const context = at(facts, 'metrics.contextWindow')
  if (Number(at(facts, 'metrics.maxOutput')) > Number(context)) put(facts, 'metrics.maxOutput', undefined)
  return prune(facts)
}

function merged(before: unknown, fact: unknown): unknown {
  if (typeof fact !== 'object') return fact
  const members = Object.entries(Object(fact)).map(([key, member]) => [key, merged(Object(before)[key], member)])
  return { ...Object(before), ...Object.fromEntries(members) }
}

/** Removes empty objects. */
function prune(facts: Facts): Facts {
  const members = Object.entries(facts).map(([key, fact]) => [
    key,
    typeof fact === 'object' ? prune(Object(fact)) : fact,
  ])
  return Object.fromEntries(
    members.filter(
      ([, fact]) => fact !== undefined && (typeof fact !== 'object' || Object.keys(Object(fact)).length > 0),
    ),
  )
}

function at(facts: Facts, path: string): unknown {
  return path.split('.').reduce((fact: unknown, key) => Reflect.get(Object(fact), key), facts)
}

function put(facts: Facts, path: string, fact: unknown): void {
  const [key = '', member] = path.split('.')
  const inner = member === undefined ? facts : { ...Object(facts[key]) }
  if (fact === undefined) delete inner[member ?? key]
  else inner[member ?? key] = fact
  if (member !== undefined) facts[key] = inner
}

function blended(facts: Facts): number | undefined {
  const [input, output] = [at(facts, 'pricing.input'), at(facts, 'pricing.output')]
  return typeof input === 'number' && typeof output === 'number'
    ? Number(((3 * input + output) / 4).toFixed(6))
    : undefined
}

const steps = (figure: unknown, bounds: readonly number[]) =>
  typeof figure === 'number' ? bounds.filter((bound) => figure >= bound).length : undefined
const order = (a: string, b: string) => Number(a > b) - Number(a < b)
