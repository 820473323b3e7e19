/**
 * Checks whether overrides can be put or deleted: the target, its provider and its base must exist, and no limit of a
 * model may exceed its context window afterwards. Pure.
 */
import { type FailureOf, fail } from '../failure.ts'
import { keyOf } from '../model-order.ts'
import type { Catalogue, ModelKey } from '../schema/model.ts'
import type { IqScale } from '../score.ts'
import { affectedProviders, type ChangedTarget, reachedModels } from './affected-providers.ts'
import { applyOverrides, findCycle } from './apply-overrides.ts'
import { isModelOverride, type ModelOverride, type Override, type Remembered } from './override.ts'

/** What a change of overrides is checked against. */
export interface Ground {
  /** At least the providers that `neededProviders` returns for the affected ones. */
  sources: Catalogue
  /** Every override that is active after the change, including those being put. */
  active: readonly Override[]
  remembered: Remembered
}

type Refusal = FailureOf<'conflict'>

/** Real chains have one or two models. Each is derived from the one before, so thousands would overflow the stack. */
const MAX_INHERITANCE = 50

export interface OverrideSet {
  puts: readonly Override[]
  /** The targets whose overrides are deleted. A target without `value` is a provider. */
  deleted: readonly { provider: string; value?: string }[]
}

/** Why the change is refused, for the first override that cannot be put or deleted. */
export function checkOverrides({ puts, deleted }: OverrideSet, ground: Ground): Refusal | undefined {
  for (const put of puts) {
    const reason = isModelOverride(put) ? reasonAgainstModel(put, ground) : reasonAgainstProvider(put.provider, ground)
    if (reason !== undefined) return refuse(reason)
  }
  for (const model of ground.active.filter(isModelOverride)) {
    const reason = deleted.some((target) => dependsOn(model, target)) && reasonAgainstModel(model, ground)
    if (reason) return refuse(`the override of "${nameOf(model)}" depends on what would be deleted: ${reason}`)
  }
  const long = findLongInheritance(ground.active)
  if (long) return refuse(`"${nameOf(long)}" would inherit through more than ${MAX_INHERITANCE} models`)
  const cycle = findCycle(ground.active)
  if (cycle) return refuse(`circular inheritance: ${cycle.map(nameOf).join(' -> ')}`)
  return refuseContradiction([...puts, ...deleted], ground)
}

/** Scores do not matter for these checks. */
const ANY_SCALE: IqScale = { basis: 'artificial-analysis', thresholds: 'linked' }

/** Checks only the targets and what inherits from them: other contradictions may come from the sources. */
function refuseContradiction(
  targets: readonly ChangedTarget[],
  { sources, active, remembered }: Ground,
): Refusal | undefined {
  const only = affectedProviders(targets, active)
  // Only prices depend on the instant, and prices contradict no limit.
  const { contradictions } = applyOverrides(sources, active, { scale: ANY_SCALE, remembered, at: 0, only })
  const reached = reachedModels(targets, active)
  const first = contradictions.find((contradiction) => reached.has(keyOf(contradiction)))
  return first && refuse(`in "${nameOf(first)}", ${first.reason}`)
}

/** A model that inherits through too many others. A short cycle is not reported here. */
function findLongInheritance(active: readonly Override[]): ModelOverride | undefined {
  const models = active.filter(isModelOverride)
  const bases = new Map(models.map((model) => [nameOf(model), model.inheritFrom]))
  return models.find((model) => {
    const passed = new Set<string>()
    for (let key: ModelKey | undefined = model; key; key = bases.get(nameOf(key))) {
      if (passed.has(nameOf(key))) return false
      passed.add(nameOf(key))
      if (passed.size > MAX_INHERITANCE + 1) return true
    }
    return false
  })
}

function dependsOn({ provider, inheritFrom }: ModelOverride, target: { provider: string; value?: string }): boolean {
  if (target.value === undefined) return provider === target.provider
  return inheritFrom?.provider === target.provider && inheritFrom.value === target.value
}

function reasonAgainstModel(put: ModelOverride, ground: Ground): string | undefined {
  const { provider, set, inheritFrom } = put
  const { sources, remembered } = ground
  if (reasonAgainstProvider(provider, ground) !== undefined)
    return `no such provider "${provider}" for "${nameOf(put)}": create it first with an override that has "set.name"`
  if (inheritFrom && !isBase(inheritFrom, ground)) return `cannot inherit from "${nameOf(inheritFrom)}": no such model`
  // An override that replaces facts of the sources cannot create a model that they do not have.
  const creates = !put.replaces && (inheritFrom !== undefined || set?.name !== undefined)
  if (creates || isModel(put, sources)) return undefined
  // The sources no longer have the model, but others inherit from its last facts.
  if (isModel(put, remembered)) return undefined
  const hint = put.replaces
    ? 'an override with "replaces" does not create a model'
    : 'use "set.name" or "inheritFrom" to create it'
  return `no such model "${nameOf(put)}": ${hint}`
}

function reasonAgainstProvider(value: string, { sources, active, remembered }: Ground): string | undefined {
  const known = [...sources.providers, ...remembered.providers].some((provider) => provider.value === value)
  const made = active.some((put) => !isModelOverride(put) && put.provider === value && put.set?.name !== undefined)
  return known || made ? undefined : `no such provider "${value}": use "set.name" to create it`
}

function isBase(key: ModelKey, { sources, active, remembered }: Ground): boolean {
  if (isModel(key, sources) || isModel(key, remembered)) return true
  return active.some(
    (put) => isModelOverride(put) && isSame(put, key) && (put.inheritFrom !== undefined || put.set?.name !== undefined),
  )
}

const isModel = (key: ModelKey, { models }: Catalogue): boolean => models.some((model) => isSame(model, key))
const isSame = (a: ModelKey, b: ModelKey): boolean => a.provider === b.provider && a.value === b.value
const nameOf = ({ provider, value }: ModelKey): string => `${provider}/${value}`
const refuse = (reason: string): Refusal =>
  fail({ code: 'conflict', detail: `Cannot change the overrides: ${reason}` }).failure
