/** Applies one override to one entity: sets and unsets facts, then derives the facts that depend on them. Pure. */

import { aliasOf, blendOf } from '../build/derive.ts'
import { compact } from '../compact.ts'
import { applyChanges } from '../diff/change.ts'
import { lastSegmentOf, withoutDateOrLatest } from '../match/family-id.ts'
import type { Modalities, Model, ModelKey, Provider, Sdk } from '../schema/model.ts'
import { IQ_METRICS, type IqScale, iqOnScale, speedOf } from '../score.ts'
import { modelTypeOf } from '../statements/model-type.ts'
import type { ModelOverride, ProviderOverride } from './override.ts'

/** The model after the override is applied to `facts`; `undefined` if it has no name. */
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

/** Whether there is a fact at this path. */
export function isSet(facts: unknown, path: string[]): boolean {
  return factAt(facts, path) !== undefined
}

/** The fact, or object of facts, at a path. */
export function factAt(facts: unknown, [key, ...rest]: string[]): unknown {
  if (typeof facts !== 'object' || facts === null || key === undefined) return undefined
  const fact = Object.entries(facts).find(([name]) => name === key)?.[1]
  return rest.length === 0 ? fact : factAt(fact, rest)
}

function customIdOf({ provider, value }: ModelKey): string {
  return `custom:${encodeURIComponent(provider)}:${encodeURIComponent(value)}`
}

/** The family of a model that no source has, formed like that of a row that matches no family. */
function familyOf({ lab, provider, value }: ModelKey & { lab?: string | undefined }): string {
  return `${lab ?? provider}/${withoutDateOrLatest(lastSegmentOf(value))}`
}

/** Merges objects member by member. Any other value is one fact. */
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

/** An SDK without its model is not a fact. */
function wholeSdk({ model, ...rest }: Partial<Sdk> = {}): Sdk | undefined {
  return model === undefined ? undefined : { ...rest, model }
}

/** Modalities without both sides are not a fact. */
function wholeModalities({ input, output }: Partial<Modalities> = {}): Modalities | undefined {
  return input && output && { input, output }
}

/** Derives the facts that depend on a fact that the override changes, except those that it sets or unsets itself. */
function derive(model: Model, override: ModelOverride, facts: Model | undefined, scale: IqScale): Model {
  const derived = { ...model }
  const follows = (fact: string, ...from: string[]): boolean => touches(override, from) && !isOverridden(override, fact)
  if (follows('pricing.blended', 'pricing.input', 'pricing.output'))
    derived.pricing = { ...model.pricing, blended: blendOf(model.pricing ?? {}) }
  if (follows('iq', ...IQ_METRICS[scale.basis].map((metric) => `metrics.${metric}`)))
    derived.iq = iqOnScale(model.metrics, scale)
  if (follows('speed', 'metrics.outputTokensPerSecond')) derived.speed = speedOf(model.metrics?.outputTokensPerSecond)
  // `firstParty` is not inherited by another provider, nor kept if the lab changes.
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
