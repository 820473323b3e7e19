/** `@rttnd/llm`: the client of an LLM Registry. */
export type { CollapsedModel, Variant } from '../core/collapse.ts'
export type { ChangeGroup } from '../core/diff-filter.ts'
export type { Effort } from '../core/efforts.ts'
export type { ModelFacts, ModelOverride, Override, ProviderFacts, ProviderOverride } from '../core/override.ts'
export type {
  Attribution,
  Capabilities,
  Catalogue,
  CatalogueDiff,
  Cause,
  Change,
  ChangeCounts,
  Diff,
  Manifest,
  Metrics,
  Modalities,
  Model,
  ModelHistory,
  ModelKey,
  Pricing,
  Provider,
  Sdk,
  VersionId,
  VersionInfo,
} from '../core/schema.ts'
export { applyOverrides } from './apply-overrides.ts'
export type { CheckedUpdate } from './checked-update.ts'
export { createKVRegistry, type KVBinding, type KVRegistryOptions } from './create-kv-registry.ts'
export { createRegistry, type Registry } from './create-registry.ts'
export {
  AbortedError,
  type ClientError,
  DataError,
  NetworkError,
  type Problem,
  type ProblemCode,
  ProblemError,
  RegistryError,
  TimeoutError,
} from './errors.ts'
export { estimateCost, type Usage } from './estimate-cost.ts'
export type { Fetch, FetchInit, FetchOptions, FetchResponse, Signal } from './fetch-types.ts'
export type { DiffOptions, History, HistoryOptions, Moment, VersionsOptions } from './history.ts'
export type { Reader, ReadOptions } from './reader.ts'
export type { RegistryOptions } from './registry-options.ts'
export type { Failed, Reply, Success } from './reply.ts'
export { type ResolvedReasoning, resolveReasoning } from './resolve-reasoning.ts'
export type { SearchFilter } from './search-filter.ts'
