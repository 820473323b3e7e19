/**
 * Finds the parts that a change of overrides or sources affects, and the parts that those depend on: a model may
 * inherit from a model of another provider, which may inherit from a third. Pure.
 */
import { keyOf } from '../model-order.ts'
import type { ModelKey } from '../schema/model.ts'
import { isModelOverride, type ModelOverride, type Override } from './override.ts'

/** What changed: a model, or a provider with any of its models if `value` is absent. */
export interface ChangedTarget {
  provider: string
  value?: string | undefined
}

/** The providers of the changed targets, and of all models that inherit from them, directly or indirectly. */
export function affectedProviders(changes: readonly ChangedTarget[], overrides: readonly Override[]): Set<string> {
  const heirs = [...reachedModels(changes, overrides).values()]
  return new Set([...changes, ...heirs].map(({ provider }) => provider))
}

/** The changed models and all that inherit from them, directly or indirectly, by key. */
export function reachedModels(
  changes: readonly ChangedTarget[],
  overrides: readonly Override[],
): Map<string, ModelKey> {
  const heirsOf = createHeirs(overrides)
  const reached = new Map<string, ModelKey>()
  const open = [...changes]
  for (let target = open.pop(); target; target = open.pop()) {
    const { provider, value } = target
    if (value !== undefined) {
      const key = keyOf({ provider, value })
      if (reached.has(key)) continue
      reached.set(key, { provider, value })
    }
    open.push(...heirsOf(target))
  }
  return reached
}

/** These providers, and all that their models inherit from: `applyOverrides` needs the source facts of each. */
export function neededProviders(providers: Iterable<string>, overrides: readonly Override[]): Set<string> {
  const models = overrides.filter(isModelOverride)
  const byKey = new Map(models.map((override) => [keyOf(override), override]))
  const needed = new Set(providers)
  const seen = new Set<string>()
  const open: ModelKey[] = models.filter(({ provider }) => needed.has(provider))
  for (let key = open.pop(); key; key = open.pop()) {
    if (seen.has(keyOf(key))) continue
    seen.add(keyOf(key))
    needed.add(key.provider)
    const base = byKey.get(keyOf(key))?.inheritFrom
    if (base) open.push(base)
  }
  return needed
}

/** The model and all that it inherits from, directly or indirectly. */
export function inheritedModels(model: ModelKey, overrides: readonly Override[]): ModelKey[] {
  const byKey = new Map(overrides.filter(isModelOverride).map((override) => [keyOf(override), override]))
  const reached = new Map<string, ModelKey>()
  for (let key: ModelKey | undefined = model; key && !reached.has(keyOf(key)); ) {
    reached.set(keyOf(key), { provider: key.provider, value: key.value })
    key = byKey.get(keyOf(key))?.inheritFrom
  }
  return [...reached.values()]
}

/** Indexes the models that inherit directly from a target. */
function createHeirs(overrides: readonly Override[]): (target: ChangedTarget) => ModelOverride[] {
  const byModel = new Map<string, ModelOverride[]>()
  const byProvider = new Map<string, ModelOverride[]>()
  for (const override of overrides.filter(isModelOverride)) {
    const { inheritFrom } = override
    if (!inheritFrom) continue
    addTo(byModel, keyOf(inheritFrom), override)
    addTo(byProvider, inheritFrom.provider, override)
  }
  return ({ provider, value }) =>
    (value === undefined ? byProvider.get(provider) : byModel.get(keyOf({ provider, value }))) ?? []
}

function addTo(lists: Map<string, ModelOverride[]>, key: string, override: ModelOverride): void {
  const list = lists.get(key)
  if (list) list.push(override)
  else lists.set(key, [override])
}
