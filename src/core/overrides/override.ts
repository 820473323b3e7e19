/** The types of overrides: facts of models and providers with an author, applied on top of those of the sources. */
import type { Catalogue, Model, ModelKey, Provider } from '../schema/model.ts'
import type { IdentityField } from '../vocabulary.ts'
import type { ScheduledPrices } from './price-schedule.ts'

/** Facts of a model to set; objects are merged. */
export type ModelFacts = { [Fact in Exclude<keyof Model, IdentityField>]?: InPart<Model[Fact]> }
/** An object of facts may be set in part; a list is one fact. */
type InPart<Fact> = Fact extends readonly unknown[] ? Fact : Fact extends object ? Partial<Fact> : Fact

export type ProviderFacts = Partial<Omit<Provider, 'value'>>

export interface ModelOverride extends ModelKey {
  set?: ModelFacts
  /** Paths of facts to make absent, such as `pricing.cacheRead`. */
  unset?: string[]
  /** Start from this model's facts, after its own overrides, even when it is hidden. */
  inheritFrom?: ModelKey
  /** Take it out of the manifest. */
  hidden?: boolean
  /** What its prices are over time; while one of these holds, it is its pricing. */
  prices?: ScheduledPrices[]
  /** Facts of the sources by path: the override holds only while the sources have them. */
  replaces?: Record<string, unknown>
}

/** An override without `value` is of the provider itself. */
export interface ProviderOverride {
  provider: string
  value?: undefined
  set?: ProviderFacts
  unset?: string[]
  /** Take the provider out of the manifest, with its models. */
  hidden?: boolean
  /** Facts of the sources by path: the override holds only while the sources have them. */
  replaces?: Record<string, unknown>
}

export type Override = ModelOverride | ProviderOverride

/** The last facts of models that others inherit from, and of providers that overrides need, as the sources had them. */
export type Remembered = Catalogue

export function isModelOverride(override: Override): override is ModelOverride {
  return override.value !== undefined
}
