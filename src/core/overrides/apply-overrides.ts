/**
 * Applies overrides, which are facts with an author, on top of the facts of the sources. They are applied in one pass,
 * so their order does not matter. The server and apps with overrides of their own use the same code. Pure: no argument
 * is changed. A part depends only on its own provider and on those that its models inherit from, so some parts can be
 * built without the others.
 */
import { limitsAboveContext, withoutLimits } from '../build/context-limits.ts'
import { compact } from '../compact.ts'
import { compareText } from '../json/canonical.ts'
import { compareModels, keyOf } from '../model-order.ts'
import type { Catalogue, Model, ModelKey, Provider } from '../schema/model.ts'
import type { IqScale } from '../score.ts'
import { type Lapse, lapseOverrides } from './lapse.ts'
import {
  isModelOverride,
  type ModelOverride,
  type Override,
  type ProviderOverride,
  type Remembered,
} from './override.ts'
import { modelOf, providerWith } from './override-facts.ts'
import { pricingOf, scheduledAt } from './price-schedule.ts'

export interface OverrideContext {
  scale: IqScale
  remembered: Remembered
  /** The instant to take prices at, in Unix milliseconds. */
  at: number
  /**
   * Build only these providers. Default: all. `sources` then needs only the providers that `neededProviders` returns
   * for them.
   */
  only?: ReadonlySet<string>
}

export interface Overridden {
  catalogue: Catalogue
  /** Models that inherit from a model that the sources no longer have. */
  orphaned: ModelKey[]
  /** Limits that were left out, because they exceed the context window of their model once overrides apply. */
  contradictions: Contradiction[]
  /** Overrides that were not applied, because a source states another value than the one they replace. */
  lapses: Lapse[]
  /** What to pass as `remembered` next time. */
  remembered: Remembered
}

export interface Contradiction extends ModelKey {
  reason: string
}

/** The first cycle of inheritance, from a model back to itself. */
export function findCycle(overrides: readonly Override[]): ModelKey[] | undefined {
  const bases = new Map(overrides.filter(isModelOverride).map((override) => [keyOf(override), override]))
  for (const start of bases.values()) {
    const path: ModelKey[] = []
    const seen = new Set<string>()
    for (let key: ModelKey | undefined = start; key; key = bases.get(keyOf(key))?.inheritFrom) {
      path.push({ provider: key.provider, value: key.value })
      if (seen.has(keyOf(key))) return path.slice(path.findIndex((step) => keyOf(step) === keyOf(path.at(-1) ?? step)))
      seen.add(keyOf(key))
    }
  }
  return undefined
}

/** Models in a cycle of inheritance (see `findCycle`) are left out. */
export function applyOverrides(
  sources: Catalogue,
  overrides: readonly Override[],
  context: OverrideContext,
): Overridden {
  const { holding, lapses } = lapseOverrides(sources, overrides)
  const resolver = new Resolver(sources, holding, context)
  const providers = resolver.providers()
  const visible = new Set(providers.map(({ value }) => value))
  const models = resolver.models().filter(({ model, hidden }) => !hidden && visible.has(model.provider))
  return {
    catalogue: {
      providers: providers.sort((a, b) => compareText(a.value, b.value)),
      models: models.map(({ model }) => model).sort(compareModels),
    },
    orphaned: models
      .filter(({ orphaned }) => orphaned)
      .map(({ model: { provider, value } }) => ({ provider, value }))
      .sort(compareModels),
    contradictions: models.flatMap(({ contradictions }) => contradictions).sort(compareModels),
    lapses: lapses.filter(({ provider }) => context.only?.has(provider) ?? true).sort(compareTargets),
    remembered: resolver.remembered(),
  }
}

function compareTargets(a: Lapse, b: Lapse): number {
  return compareText(a.provider, b.provider) || compareText(a.value ?? '', b.value ?? '')
}

interface ResolvedModel {
  model: Model
  /** Whether its facts come from a model that the sources no longer have. */
  orphaned: boolean
  hidden: boolean
  contradictions: Contradiction[]
}

class Resolver {
  readonly #sources: Map<string, Model>
  readonly #sourceProviders: Map<string, Provider>
  readonly #models: Map<string, ModelOverride>
  readonly #providers: Map<string, ProviderOverride>
  readonly #context: OverrideContext
  readonly #rememberedModels: Map<string, Model>
  readonly #rememberedProviders: Map<string, Provider>
  readonly #resolved = new Map<string, ResolvedModel | undefined>()

  constructor(sources: Catalogue, overrides: readonly Override[], context: OverrideContext) {
    this.#sources = new Map(sources.models.map((model) => [keyOf(model), model]))
    this.#sourceProviders = new Map(sources.providers.map((provider) => [provider.value, provider]))
    this.#models = new Map(overrides.filter(isModelOverride).map((override) => [keyOf(override), override]))
    this.#providers = new Map(
      overrides.flatMap((override) => (isModelOverride(override) ? [] : [[override.provider, override]])),
    )
    this.#context = context
    this.#rememberedModels = new Map(context.remembered.models.map((model) => [keyOf(model), model]))
    this.#rememberedProviders = new Map(context.remembered.providers.map((provider) => [provider.value, provider]))
  }

  /** Every model of the sources and of the overrides, including hidden ones. */
  models(): ResolvedModel[] {
    const made = [...this.#models.values()].filter((override) => this.#creates(override))
    const keys = [...this.#sources.values(), ...made].filter(({ provider }) => this.#isWanted(provider)).map(keyOf)
    return [...new Set(keys)].flatMap((key) => this.#resolve(key) ?? [])
  }

  /**
   * Every provider that is not hidden: from the sources, created by an override, or needed by a model of an override.
   */
  providers(): Provider[] {
    const needed = this.models().map(({ model }) => model.provider)
    const made = [...this.#providers.values()].flatMap(({ provider, set }) =>
      set?.name === undefined ? [] : [provider],
    )
    const values = new Set([...this.#sourceProviders.keys(), ...made, ...needed])
    return [...values].filter((value) => this.#isWanted(value)).flatMap((value) => this.#provider(value) ?? [])
  }

  remembered(): Remembered {
    const bases = [...this.#models.values()].flatMap(({ inheritFrom }) => (inheritFrom ? [keyOf(inheritFrom)] : []))
    const providers = [...this.#models.values()].map(({ provider }) => provider)
    return {
      models: [...new Set(bases)].flatMap((key) => this.#sources.get(key) ?? this.#rememberedModels.get(key) ?? []),
      providers: [...new Set(providers)].flatMap(
        (value) => this.#sourceProviders.get(value) ?? this.#rememberedProviders.get(value) ?? [],
      ),
    }
  }

  #isWanted(provider: string): boolean {
    return this.#context.only?.has(provider) ?? true
  }

  #provider(value: string): Provider | undefined {
    const override = this.#providers.get(value)
    if (override?.hidden) return undefined
    const known =
      this.#sourceProviders.get(value) ??
      (override?.set?.name === undefined ? this.#rememberedProviders.get(value) : undefined)
    return providerWith(value, known, override)
  }

  #creates({ inheritFrom, set }: ModelOverride): boolean {
    return inheritFrom !== undefined || set?.name !== undefined
  }

  #resolve(key: string): ResolvedModel | undefined {
    if (this.#resolved.has(key)) return this.#resolved.get(key)
    // In a cycle of inheritance, no model has facts to start from.
    this.#resolved.set(key, undefined)
    const resolved = this.#resolveNew(key)
    this.#resolved.set(key, resolved)
    return resolved
  }

  #resolveNew(key: string): ResolvedModel | undefined {
    const source = this.#sources.get(key)
    const override = this.#models.get(key)
    // If the sources no longer have the model, its last facts are used.
    const last = source ?? this.#rememberedModels.get(key)
    if (!override) return last && { model: last, orphaned: !source, hidden: false, contradictions: [] }
    const base = override.inheritFrom && this.#resolve(keyOf(override.inheritFrom))
    if (override.inheritFrom && !base) return undefined
    const facts = base?.model ?? last
    const model = modelOf(override, source?.id, facts, this.#context.scale)
    const orphaned = base?.orphaned ?? (facts !== undefined && !source)
    const period = scheduledAt(override.prices ?? [], this.#context.at)
    const priced = model && period ? { ...model, pricing: pricingOf(period) } : model
    return priced && { ...withoutContradictions(priced), orphaned, hidden: override.hidden ?? false }
  }
}

/** Drops limits above the context window: the sources may have changed since the override was put. */
function withoutContradictions(model: Model): Pick<ResolvedModel, 'model' | 'contradictions'> {
  const { provider, value, metrics } = model
  const limits = limitsAboveContext(metrics)
  if (limits.length === 0) return { model, contradictions: [] }
  const contradictions = limits.map((limit) => {
    const reason = `"metrics.${limit}" ${metrics?.[limit]} is above "metrics.contextWindow" ${metrics?.contextWindow}`
    return { provider, value, reason }
  })
  return { model: compact({ ...model, metrics: withoutLimits(metrics, limits) }), contradictions }
}
