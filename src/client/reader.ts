/** The reads that one manifest answers, wherever it comes from. */

import { type Cost, type CostOptions, costOf } from '../core/pricing/cost-of.ts'
import type { Manifest, VersionId } from '../core/schema/history.ts'
import type { Model, ModelKey, Offers, Provider } from '../core/schema/model.ts'
import type { CollapsedModel } from '../core/search/collapse.ts'
import { offersOf } from '../core/search/offers.ts'
import { labsOf, missingProvider, unknownNames } from '../core/search/refusals.ts'
import { searchModels } from '../core/search/search.ts'
import { CostError, localProblem, ProblemError } from './errors.ts'
import type { Signal } from './fetch/fetch-types.ts'
import { copyOf, idOf } from './manifest/known-manifest.ts'
import { modelByAny, modelById, modelIn, providersOf } from './model-in.ts'
import { failWith, type Reply } from './reply.ts'
import { modelFilterOf, refuseSearch, type SearchFilter } from './search-filter.ts'

export interface ReadOptions {
  /** Ask the registry first, however fresh the client's manifest is. */
  forceRefresh?: boolean | undefined
  /** Stops waiting: the call resolves to an `AbortedError`. */
  signal?: Signal | undefined
}

/**
 * All answers come from one manifest, which the first read fetches whole. Arrays are the caller's own; the models and
 * providers in them are shared and frozen.
 */
export interface Reader {
  getManifest(options?: ReadOptions): Promise<Reply<Manifest>>
  /** Sorted by value. */
  getProviders(options?: ReadOptions): Promise<Reply<Provider[]>>
  /** Sorted by provider, then value. */
  getModels(options?: ReadOptions): Promise<Reply<Model[]>>
  /** A `ProblemError` with the code `not-found` where there is no such provider. */
  getProviderModels(provider: string, options?: ReadOptions): Promise<Reply<Model[]>>
  /**
   * By its value, or by another id that its API or Artificial Analysis has for it: dated, with `-latest`, or in another
   * spelling. A `ProblemError` with the code `not-found` where there is no such model, which names the nearest, and
   * `ambiguous-model` with `candidates` where several match.
   */
  getModel(provider: string, value: string, options?: ReadOptions): Promise<Reply<Model>>
  /**
   * By an id with its provider, `openai/gpt-5.5`, or without, `gpt-5.5`: that is looked for at the labs' own providers,
   * and where none has it at all others. Fails as `getModel` does.
   */
  find(id: string, options?: ReadOptions): Promise<Reply<Model>>
  /** The family of a model at every provider, the cheapest first; `model` is a model, its key, or an id as for `find`. */
  getOffers(model: ModelKey | string, options?: ReadOptions): Promise<Reply<Offers>>
  /**
   * What a request cost at the prices of this reader's manifest; those of another day are known to a reader of that day,
   * `registry.at(day)`. `usage` is that of one request, as its API returned it. Fails as `getOffers` does, and with a
   * `CostError` where the cost is unknown.
   */
  costOf(model: ModelKey | string, usage: unknown, options?: CostOptions & ReadOptions): Promise<Reply<Cost>>
  /** A `ProblemError` with the code `invalid-request` for a filter that the registry would refuse. */
  searchModels(filter: SearchFilter & { collapse: 'family' }, options?: ReadOptions): Promise<Reply<CollapsedModel[]>>
  searchModels(filter?: SearchFilter, options?: ReadOptions): Promise<Reply<Model[]>>
  /** The version that the other reads answer from. */
  getVersion(options?: ReadOptions): Promise<Reply<VersionId>>
}

export function createReader(read: (options: ReadOptions) => Promise<Reply<Manifest>>): Reader {
  const answer = async <T extends object>(
    options: ReadOptions | undefined,
    find: (manifest: Manifest) => T | ProblemError | CostError,
  ): Promise<Reply<T>> => {
    const reply = await read(options ?? {})
    if (reply.error) return reply
    const found = find(reply.data)
    return found instanceof ProblemError || found instanceof CostError ? failWith(found) : { ...reply, data: found }
  }
  return {
    getManifest: (options) => answer(options, copyOf),
    getProviders: (options) => answer(options, ({ providers }) => [...providers]),
    getModels: (options) => answer(options, ({ models }) => [...models]),
    getProviderModels: (provider, options) => answer(options, (manifest) => modelsOf(manifest, provider)),
    getModel: (provider, value, options) => answer(options, (manifest) => modelIn(manifest, { provider, value })),
    find: (id, options) => answer(options, (manifest) => modelById(manifest, id)),
    getOffers: (model, options) => answer(options, (manifest) => offersIn(manifest, model)),
    costOf: (model, usage, options) => answer(options, (manifest) => costIn(manifest, { model, usage, options })),
    searchModels: (filter?: SearchFilter, options?: ReadOptions) =>
      answer(options, (manifest) => modelsThatMatch(manifest, filter)),
    getVersion: (options) => answer(options, idOf),
  }
}

function modelsOf(manifest: Manifest, provider: string): Model[] | ProblemError {
  const providers = providersOf(manifest)
  if (providers.includes(provider)) return manifest.models.filter((model) => model.provider === provider)
  return localProblem({ code: 'not-found', detail: missingProvider(manifest.version, provider, providers) })
}

function offersIn(manifest: Manifest, model: ModelKey | string): Offers | ProblemError {
  const found = modelByAny(manifest, model)
  return found instanceof ProblemError ? found : offersOf(manifest.models, found.family)
}

interface SpentUsage {
  model: ModelKey | string
  usage: unknown
  options: CostOptions | undefined
}

function costIn(manifest: Manifest, { model, usage, options }: SpentUsage): Cost | ProblemError | CostError {
  const found = modelByAny(manifest, model)
  if (found instanceof ProblemError) return found
  const cost = costOf(found, usage, options)
  return cost.ok ? cost.value : new CostError(cost.failure)
}

function modelsThatMatch(manifest: Manifest, filter: SearchFilter = {}): CollapsedModel[] | ProblemError {
  const checked = modelFilterOf(filter)
  if (checked instanceof ProblemError) return checked
  const { models } = manifest
  const unknown = unknownNames(checked, { providers: providersOf(manifest), labs: labsOf(models) })
  if (unknown.length > 0) return refuseSearch(unknown)
  return searchModels(models, checked).models as CollapsedModel[] // where the filter collapses, which its type tells
}
