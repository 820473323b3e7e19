/** `@rttnd/llm`: the client of an LLM Registry. */

export type { ChangeGroup } from '../core/diff/filter.ts'
export type {
  ModelFacts,
  ModelOverride,
  Override,
  ProviderFacts,
  ProviderOverride,
} from '../core/overrides/override.ts'
export type { CostFailure, PriceKind } from '../core/pricing/cost-failure.ts'
export { type Cost, type CostLine, type CostOptions, costOf } from '../core/pricing/cost-of.ts'
export type {
  Attribution,
  CatalogueDiff,
  Change,
  ChangeCounts,
  Diff,
  Manifest,
  ModelHistory,
  VersionId,
  VersionInfo,
} from '../core/schema/history.ts'
export type {
  Capabilities,
  Catalogue,
  Metrics,
  Modalities,
  Model,
  ModelKey,
  Offers,
  Provider,
  ProviderApi,
  ReasoningOptions,
  Sdk,
} from '../core/schema/model.ts'
export type { PricePeriod } from '../core/schema/price-period.ts'
export type { PriceMode, Prices, PriceTier, PriceWindow, Pricing } from '../core/schema/pricing.ts'
export type { CollapsedModel, Variant } from '../core/search/collapse.ts'
export type { Billing, Cause, Effort, IqBasis, ModelType } from '../core/vocabulary.ts'
export type { TimedCost } from './asking/asked-cost.ts'
export { createKVRegistry, type KVBinding, type KVRegistryOptions } from './create-kv-registry.ts'
export { createRegistry, type Registry } from './create-registry.ts'
export {
  AbortedError,
  type ClientError,
  CostError,
  DataError,
  NetworkError,
  type Problem,
  type ProblemCode,
  ProblemError,
  RegistryError,
  TimeoutError,
} from './errors.ts'
export type { Fetch, FetchInit, FetchOptions, FetchResponse, Signal } from './fetch/fetch-types.ts'
export type { DiffOptions, History, HistoryOptions, Moment, VersionsOptions } from './history.ts'
export type { CheckedUpdate } from './kept/checked-update.ts'
export { applyOverrides, type Overridable } from './manifest/apply-overrides.ts'
export type { Reader, ReadOptions } from './reader.ts'
export type { RegistryOptions } from './registry-options.ts'
export type { Failed, Reply, Success } from './reply.ts'
export { type ResolvedReasoning, resolveReasoning } from './resolve-reasoning.ts'
export type { SearchFilter } from './search-filter.ts'
