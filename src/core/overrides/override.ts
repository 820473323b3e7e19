/** The types of overrides: facts of models and providers with an author, applied on top of those of the sources. */
import type {
  Capabilities,
  Catalogue,
  Metrics,
  Modalities,
  Model,
  ModelKey,
  Pricing,
  Provider,
  Sdk,
} from '../schema/model.ts'

/** Facts of a model to set; objects are merged. */
export interface ModelFacts extends Partial<Omit<Model, Identity | Parts>> {
  capabilities?: Capabilities
  pricing?: Pricing
  metrics?: Metrics
  sdk?: Partial<Sdk>
  modalities?: Partial<Modalities>
}
type Identity = 'id' | 'provider' | 'value'
type Parts = 'capabilities' | 'pricing' | 'metrics' | 'sdk' | 'modalities'

export type ProviderFacts = Partial<Omit<Provider, 'value'>>

export interface ModelOverride extends ModelKey {
  set?: ModelFacts
  /** Paths of facts to make absent, such as `pricing.cacheRead`. */
  unset?: string[]
  /** Start from this model's facts, after its own overrides, even when it is hidden. */
  inheritFrom?: ModelKey
  /** Take it out of the manifest. */
  hidden?: boolean
}

/** An override without `value` is of the provider itself. */
export interface ProviderOverride {
  provider: string
  value?: undefined
  set?: ProviderFacts
  unset?: string[]
  /** Take the provider out of the manifest, with its models. */
  hidden?: boolean
}

export type Override = ModelOverride | ProviderOverride

/** The last facts of models that others inherit from, and of providers that overrides need, as the sources had them. */
export type Remembered = Catalogue

export function isModelOverride(override: Override): override is ModelOverride {
  return override.value !== undefined
}
