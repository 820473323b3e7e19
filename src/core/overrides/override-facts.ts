/** One override on one entity: facts set and made absent, and what follows from them worked out again. */

import { blendOf, namesOf } from '../build/derive.ts'
import { compact } from '../compact.ts'
import { applyChanges } from '../diff/change.ts'
import type { Modalities, Model, Provider, Sdk } from '../schema/model.ts'
import { type IqThresholds, iqOf, speedOf } from '../score.ts'
import type { ModelOverride, ProviderOverride } from './override.ts'

/** The model that an override makes of the facts it starts from; `undefined` if it has no name. */
export function modelOf(
  override: ModelOverride,
  sourceId: string | undefined,
  facts: Model | undefined,
  iqThresholds: IqThresholds,
): Model | undefined {
  const { provider, value, set = {}, unset = [] } = override
  const name = set.name ?? facts?.name
  if (name === undefined) return undefined
  const identity = { id: sourceId ?? `custom:${provider}:${value}`, provider, value }
  const merged: Model = {
    status: 'active',
    ...(facts && set.name === undefined ? facts : { ...facts, name, ...namesOf(name, value) }),
    ...set,
    ...identity,
    sdk: wholeSdk({ ...facts?.sdk, ...set.sdk }),
    modalities: wholeModalities({ ...facts?.modalities, ...set.modalities }),
    capabilities: { ...facts?.capabilities, ...set.capabilities },
    pricing: { ...facts?.pricing, ...set.pricing },
    metrics: { ...facts?.metrics, ...set.metrics },
  }
  return compact(derive(withoutPaths(merged, unset), override, iqThresholds))
}

/** What lacks a part that it cannot be without is no fact. */
function wholeSdk({ model, ...rest }: Partial<Sdk>): Sdk | undefined {
  return model === undefined ? undefined : { ...rest, model }
}

function wholeModalities({ input, output }: Partial<Modalities>): Modalities | undefined {
  return input && output && { input, output }
}

export function providerWith(
  value: string,
  facts: Provider | undefined,
  override: ProviderOverride | undefined,
): Provider | undefined {
  const name = override?.set?.name ?? facts?.name
  if (name === undefined) return undefined
  const merged: Provider = { status: 'active', ...facts, ...override?.set, value, name }
  return compact(withoutPaths(merged, override?.unset ?? []))
}

/** Works out what depends on a fact that the override touched, unless the override says that too. */
function derive(model: Model, override: ModelOverride, iqThresholds: IqThresholds): Model {
  const derived = { ...model }
  const { intelligenceIndex, intelligenceIndexVersion, outputTokensPerSecond } = model.metrics ?? {}
  if (touches(override, 'pricing.input', 'pricing.output') && !settles(override, 'pricing.blended')) {
    const { blended: _, ...prices } = model.pricing ?? {}
    derived.pricing = { ...prices, blended: blendOf(prices) }
  }
  if (touches(override, 'metrics.intelligenceIndex', 'metrics.intelligenceIndexVersion') && !settles(override, 'iq'))
    derived.iq = iqOf(intelligenceIndex, intelligenceIndexVersion, iqThresholds)
  if (touches(override, 'metrics.outputTokensPerSecond') && !settles(override, 'speed'))
    derived.speed = speedOf(outputTokensPerSecond)
  return derived
}

/** Whether an override sets or unsets one of these facts. */
function touches(override: ModelOverride, ...paths: string[]): boolean {
  return paths.some((path) => settles(override, path))
}

function settles({ set = {}, unset = [] }: ModelOverride, path: string): boolean {
  return isSet(set, path.split('.')) || unset.some((gone) => path === gone || path.startsWith(`${gone}.`))
}

/** Whether facts hold one at this path, as far as keys go. */
export function isSet(facts: unknown, [key, ...rest]: string[]): boolean {
  if (typeof facts !== 'object' || facts === null || key === undefined) return false
  const fact = Object.entries(facts).find(([name]) => name === key)?.[1]
  return rest.length === 0 ? fact !== undefined : isSet(fact, rest)
}

function withoutPaths<T extends object>(entity: T, paths: readonly string[]): T {
  return applyChanges(
    entity,
    paths.map((path) => ({ path })),
  )
}
