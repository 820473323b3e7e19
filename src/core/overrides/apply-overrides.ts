/**
 * Overrides: facts with an author, applied on top of what the sources say, in one pass, so that their order never
 * matters. Pure, and the same for the server and for an app's own additions. Nothing given is changed.
 */
import { compareText } from '../canonical.ts'
import { compareModels, keyOf } from '../model-order.ts'
import type { Catalogue, Model, ModelKey, Provider } from '../schema/model.ts'
import type { IqThresholds } from '../score.ts'
import {
  isModelOverride,
  type ModelOverride,
  type Override,
  type ProviderOverride,
  type Remembered,
} from './override.ts'
import { modelOf, providerWith } from './override-facts.ts'

export interface OverrideContext {
  iqThresholds: IqThresholds
  remembered: Remembered
}

export interface Overridden {
  catalogue: Catalogue
  /** Models that inherit from one that the sources no longer have. */
  orphaned: ModelKey[]
  /** What to remember for the next time. */
  remembered: Remembered
}

/** The first circle of models that inherit from each other, from a model back to itself. */
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

/** Models that inherit in a circle (see `findCycle`) are left out. */
export function applyOverrides(
  sources: Catalogue,
  overrides: readonly Override[],
  context: OverrideContext,
): Overridden {
  const resolver = new Resolver(sources, overrides, context)
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
    remembered: resolver.remembered(),
  }
}

interface ResolvedModel {
  model: Model
  /** Its facts go back to a model that the sources no longer have. */
  orphaned: boolean
  hidden: boolean
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

  /** Every model of the sources and of the overrides, hidden ones too. */
  models(): ResolvedModel[] {
    const keys = new Set([
      ...this.#sources.keys(),
      ...[...this.#models].flatMap(([key, override]) => (this.#creates(override) ? [key] : [])),
    ])
    return [...keys].flatMap((key) => this.#resolve(key) ?? [])
  }

  /** Every provider that is not hidden: of the sources, made by an override, or still needed by a model made by one. */
  providers(): Provider[] {
    const needed = this.models().map(({ model }) => model.provider)
    const made = [...this.#providers.values()].flatMap(({ provider, set }) =>
      set?.name === undefined ? [] : [provider],
    )
    const values = new Set([...this.#sourceProviders.keys(), ...made, ...needed])
    return [...values].flatMap((value) => this.#provider(value) ?? [])
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
    // A model that inherits from itself by way of others has no facts to start from.
    this.#resolved.set(key, undefined)
    const resolved = this.#resolveNew(key)
    this.#resolved.set(key, resolved)
    return resolved
  }

  #resolveNew(key: string): ResolvedModel | undefined {
    const source = this.#sources.get(key)
    const override = this.#models.get(key)
    // Reached only as a base once the sources have lost it: its last facts stand in.
    const last = source ?? this.#rememberedModels.get(key)
    if (!override) return last && { model: last, orphaned: !source, hidden: false }
    const base = override.inheritFrom && this.#resolve(keyOf(override.inheritFrom))
    if (override.inheritFrom && !base) return undefined
    const facts = base?.model ?? last
    const model = modelOf(override, source?.id, facts, this.#context.iqThresholds)
    const orphaned = base?.orphaned ?? (facts !== undefined && !source)
    return model && { model, orphaned, hidden: override.hidden ?? false }
  }
}
