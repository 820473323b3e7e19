/** One override on one entity: facts set and unset, and what follows from them derived again. Pure. */

import { aliasOf, blendOf } from '../build/derive.ts'
import { compact } from '../compact.ts'
import { applyChanges } from '../diff/change.ts'
import { lastSegmentOf, withoutDateOrLatest } from '../match/family-id.ts'
import type { Modalities, Model, ModelKey, Provider, Sdk } from '../schema/model.ts'
import { IQ_METRICS, type IqScale, iqOnScale, speedOf } from '../score.ts'
import { modelTypeOf } from '../statements/model-type.ts'
import type { ModelOverride, ProviderOverride } from './override.ts'

/** The model that an override makes of the facts it starts from; `undefined` if it has no name. */
export function modelOf(
  override: ModelOverride,
  sourceId: string | undefined,
  facts: Model | undefined,
  scale: IqScale,
): Model | undefined {
  const { provider, value, set = {}, unset = [] } = override
  const name = set.name ?? facts?.name
  if (name === undefined) return undefined
  const identity = { id: sourceId ?? customIdOf(override), provider, value, name }
  const stated = { ...mergeFacts(facts ?? {}, set), ...identity }
  const { sdk, modalities: parts, ...known }: Partial<Model> & typeof identity = withoutPaths(stated, unset)
  const modalities = wholeModalities(parts)
  const model: Model = {
    status: 'active',
    type: modelTypeOf({ ...known, modalities, id: value }),
    family: familyOf(known),
    ...known,
    alias: set.alias ?? (set.name === undefined ? facts?.alias : undefined) ?? aliasOf(name),
    sdk: wholeSdk(sdk),
    modalities,
  }
  return compact(derive(model, override, facts, scale))
}

export function providerWith(
  value: string,
  facts: Provider | undefined,
  override: ProviderOverride | undefined,
): Provider | undefined {
  const name = override?.set?.name ?? facts?.name
  if (name === undefined) return undefined
  const merged: Provider = { status: 'active', ...mergeFacts(facts ?? {}, override?.set ?? {}), value, name }
  return compact(withoutPaths(merged, override?.unset ?? []))
}

/** Whether facts hold one at this path, as far as keys go. */
export function isSet(facts: unknown, path: string[]): boolean {
  return factAt(facts, path) !== undefined
}

/** The fact at a path, or the object of facts. */
export function factAt(facts: unknown, [key, ...rest]: string[]): unknown {
  if (typeof facts !== 'object' || facts === null || key === undefined) return undefined
  const fact = Object.entries(facts).find(([name]) => name === key)?.[1]
  return rest.length === 0 ? fact : factAt(fact, rest)
}

function customIdOf({ provider, value }: ModelKey): string {
  return `custom:${encodeURIComponent(provider)}:${encodeURIComponent(value)}`
}

/** Of a model that no source has: like that of a row that nothing is known of. */
function familyOf({ lab, provider, value }: ModelKey & { lab?: string | undefined }): string {
  return `${lab ?? provider}/${withoutDateOrLatest(lastSegmentOf(value))}`
}

/** Objects are merged, member by member; any other value is one fact. */
function mergeFacts<T extends object>(facts: T, set: object): T {
  const merged = new Map<string, unknown>(Object.entries(facts))
  for (const [key, fact] of Object.entries(set)) {
    const known = merged.get(key)
    if (isObject(fact)) merged.set(key, mergeFacts(isObject(known) ? known : {}, fact))
    else if (fact !== undefined) merged.set(key, fact)
  }
  return Object.fromEntries(merged) as T // each key holds what one of the two holds under it
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Without the part that they need, these are not facts. */
function wholeSdk({ model, ...rest }: Partial<Sdk> = {}): Sdk | undefined {
  return model === undefined ? undefined : { ...rest, model }
}

function wholeModalities({ input, output }: Partial<Modalities> = {}): Modalities | undefined {
  return input && output && { input, output }
}

/** Derives what depends on a fact that the override touches, unless the override decides that too. */
function derive(model: Model, override: ModelOverride, facts: Model | undefined, scale: IqScale): Model {
  const derived = { ...model }
  const follows = (fact: string, ...from: string[]): boolean => touches(override, from) && !isOverridden(override, fact)
  if (follows('pricing.blended', 'pricing.input', 'pricing.output'))
    derived.pricing = { ...model.pricing, blended: blendOf(model.pricing ?? {}) }
  if (follows('iq', ...IQ_METRICS[scale.basis].map((metric) => `metrics.${metric}`)))
    derived.iq = iqOnScale(model.metrics, scale)
  if (follows('speed', 'metrics.outputTokensPerSecond')) derived.speed = speedOf(model.metrics?.outputTokensPerSecond)
  // True of one provider and one lab: neither another provider that inherits nor another lab takes it over.
  const isOfOther = facts && (facts.provider !== model.provider || facts.lab !== model.lab)
  if (isOfOther && !isOverridden(override, 'firstParty')) derived.firstParty = undefined
  return derived
}

/** Whether an override sets or unsets one of these facts. */
function touches(override: ModelOverride, paths: string[]): boolean {
  return paths.some((path) => isOverridden(override, path))
}

function isOverridden({ set = {}, unset = [] }: ModelOverride, path: string): boolean {
  return isSet(set, path.split('.')) || unset.some((gone) => path === gone || path.startsWith(`${gone}.`))
}

function withoutPaths<T extends object>(entity: T, paths: readonly string[]): T {
  return applyChanges(
    entity,
    paths.map((path) => ({ path })),
  )
}
