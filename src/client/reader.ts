/** The reads from the content of one version, whatever its origin. */

import { type Cost, type CostOptions, costOf } from '../core/pricing/cost-of.ts'
import type { Manifest, VersionId } from '../core/schema/history.ts'
import type { Model, ModelKey, Offers, Provider } from '../core/schema/model.ts'
import type { CollapsedModel } from '../core/search/collapse.ts'
import { offersOf } from '../core/search/offers.ts'
import { labsOf, missingProvider, unknownNames } from '../core/search/refusals.ts'
import { searchModels } from '../core/search/search.ts'
import { CostError, localProblem, ProblemError } from './errors.ts'
import type { Signal } from './fetch/fetch-types.ts'
import { idOf } from './fetch/shapes.ts'
import type { Content } from './kept/content.ts'
import { copyOf } from './manifest/known-manifest.ts'
import { modelByAny, modelById, modelIn } from './manifest/model-in.ts'
import { failWith, type Reply } from './reply.ts'
import { modelFilterOf, refuseSearch, type SearchFilter } from './search-filter.ts'

export interface ReadOptions {
  /** Ask the registry first whether there is a newer version, even if it was asked a moment ago. */
  forceRefresh?: boolean | undefined
  /** Stops waiting: the call resolves to an `AbortedError`. */
  signal?: Signal | undefined
}

/**
 * Every method resolves to data or an error, and rejects only for a mistake in its arguments. All data of a call is from
 * one version. Arrays are the caller's own; the models and providers in them are shared and
 * frozen.
 */
export interface Reader {
  /** Version, attribution, providers and models; of a client with `providers`, those alone. */
  getManifest(options?: ReadOptions): Promise<Reply<Manifest>>
  /** Sorted by value. */
  getProviders(options?: ReadOptions): Promise<Reply<Provider[]>>
  /** Sorted by provider, then value. */
  getModels(options?: ReadOptions): Promise<Reply<Model[]>>
  /** Fails with a `ProblemError` with the code `not-found` if there is no such provider. */
  getProviderModels(provider: string, options?: ReadOptions): Promise<Reply<Model[]>>
  /**
   * By its value, or by another id that its API or Artificial Analysis has for it: dated, with `-latest`, or in another
   * spelling. Fails with a `ProblemError`: `not-found` if there is no such model (the message suggests the nearest), or
   * `ambiguous-model` with `candidates` if several match.
   */
  getModel(provider: string, value: string, options?: ReadOptions): Promise<Reply<Model>>
  /**
   * By an id with its provider, `openai/gpt-5.5`, or without, `gpt-5.5`, which is looked up at the labs' own providers, and
   * then at all others. Fails as `getModel` does.
   */
  find(id: string, options?: ReadOptions): Promise<Reply<Model>>
  /** The family of a model at every provider, cheapest first; `model` is a model, its key, or an id as for `find`. */
  getOffers(model: ModelKey | string, options?: ReadOptions): Promise<Reply<Offers>>
  /**
   * The cost of a request in USD at the prices of this reader's version; for the prices of another day, use
   * `registry.at(day)`. `usage` is the usage of one request, as its API returned it. Fails as `getOffers` does, and with a
   * `CostError` if the cost is unknown.
   */
  costOf(model: ModelKey | string, usage: unknown, options?: CostOptions & ReadOptions): Promise<Reply<Cost>>
  /**
   * The models that match, in the order of `sort`, by default by provider, then value. Fails with a `ProblemError` with the
   * code `invalid-request` for a filter that the registry would refuse; its message suggests the nearest.
   */
  searchModels(filter: SearchFilter & { collapse: 'family' }, options?: ReadOptions): Promise<Reply<CollapsedModel[]>>
  searchModels(filter?: SearchFilter, options?: ReadOptions): Promise<Reply<Model[]>>
  /** The version from which reads are answered now. */
  getVersion(options?: ReadOptions): Promise<Reply<VersionId>>
}

export function createReader(read: (options: ReadOptions) => Promise<Reply<Content>>): Reader {
  const answer = async <T extends object>(
    options: ReadOptions | undefined,
    find: (content: Content) => T | ProblemError | CostError,
  ): Promise<Reply<T>> => {
    const reply = await read(options ?? {})
    if (reply.error) return reply
    try {
      const found = find(reply.data)
      return found instanceof ProblemError || found instanceof CostError ? failWith(found) : { ...reply, data: found }
    } catch (error) {
      return failWith(error)
    }
  }
  return {
    getManifest: (options) => answer(options, (content) => copyOf(content.manifest())),
    getProviders: (options) => answer(options, (content) => [...content.manifest().providers]),
    getModels: (options) => answer(options, (content) => [...content.manifest().models]),
    getProviderModels: (provider, options) => answer(options, (content) => modelsOf(content, provider)),
    getModel: (provider, value, options) => answer(options, (content) => modelIn(content, { provider, value })),
    find: (id, options) => answer(options, (content) => modelById(content, id)),
    getOffers: (model, options) => answer(options, (content) => offersIn(content, model)),
    costOf: (model, usage, options) => answer(options, (content) => costIn(content, { model, usage, options })),
    searchModels: (filter?: SearchFilter, options?: ReadOptions) =>
      answer(options, (content) => modelsThatMatch(content, filter)),
    getVersion: (options) => answer(options, ({ id }) => idOf(id)),
  }
}

function modelsOf({ id, providers, modelsOf }: Content, provider: string): Model[] | ProblemError {
  if (providers.includes(provider)) return [...modelsOf(provider)]
  return localProblem({ code: 'not-found', detail: missingProvider(id.version, provider, providers) })
}

function offersIn(content: Content, model: ModelKey | string): Offers | ProblemError {
  const found = modelByAny(content, model)
  return found instanceof ProblemError ? found : offersOf(content.manifest().models, found.family)
}

interface SpentUsage {
  model: ModelKey | string
  usage: unknown
  options: CostOptions | undefined
}

function costIn(content: Content, { model, usage, options }: SpentUsage): Cost | ProblemError | CostError {
  const found = modelByAny(content, model)
  if (found instanceof ProblemError) return found
  const cost = costOf(found, usage, options)
  return cost.ok ? cost.value : new CostError(cost.failure)
}

function modelsThatMatch(content: Content, filter: SearchFilter = {}): CollapsedModel[] | ProblemError {
  const checked = modelFilterOf(filter)
  if (checked instanceof ProblemError) return checked
  const { provider, lab } = checked
  // With a provider filter, only these models are searched; a lab filter is checked against the labs of all models.
  const some = provider && !lab ? [...new Set(provider)].sort() : undefined
  const models = some ? some.flatMap((name) => content.modelsOf(name)) : content.manifest().models
  const unknown = unknownNames(checked, { providers: content.providers, labs: lab ? labsOf(models) : [] })
  if (unknown.length > 0) return refuseSearch(unknown)
  return searchModels(models, checked).models as CollapsedModel[] // if the filter collapses, as its type states
}
