/**
 * The types of overrides: facts of models and providers, with an author, that are applied on top of the sources' facts.
 */
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
  /** Start from the facts of this model, with its own overrides applied, even if it is hidden. */
  inheritFrom?: ModelKey
  /** Leave the model out of the manifest. */
  hidden?: boolean
  /** The model's prices over time. During one of these periods, its prices are the model's pricing. */
  prices?: ScheduledPrices[]
  /** Facts of the sources by path: the override holds only while the sources have them. */
  replaces?: Record<string, unknown>
}

/** An override without `value` overrides the provider itself. */
export interface ProviderOverride {
  provider: string
  value?: undefined
  set?: ProviderFacts
  unset?: string[]
  /** Leave the provider and its models out of the manifest. */
  hidden?: boolean
  /** Facts of the sources by path: the override holds only while the sources have them. */
  replaces?: Record<string, unknown>
}

export type Override = ModelOverride | ProviderOverride

/**
 * The last facts, as the sources stated them, of models that others inherit from and of providers that overrides need.
 */
export type Remembered = Catalogue

export function isModelOverride(override: Override): override is ModelOverride {
  return override.value !== undefined
}
