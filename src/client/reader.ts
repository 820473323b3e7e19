/** The reads that one manifest answers, wherever it comes from. */

import type { Manifest, VersionId } from '../core/schema/history.ts'
import type { Model, Provider } from '../core/schema/model.ts'
import type { CollapsedModel } from '../core/search/collapse.ts'
import { searchModels } from '../core/search/search.ts'
import { localProblem, ProblemError } from './errors.ts'
import type { Signal } from './fetch/fetch-types.ts'
import { copyOf, idOf } from './manifest/known-manifest.ts'
import { failWith, type Reply } from './reply.ts'
import { modelFilterOf, type SearchFilter } from './search-filter.ts'

export interface ReadOptions {
  /** Ask the registry first, however fresh the manifest at hand is. */
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
  /** A `ProblemError` with the code `not-found` where there is no such model. */
  getModel(provider: string, value: string, options?: ReadOptions): Promise<Reply<Model>>
  /** A `ProblemError` with the code `invalid-request` for a filter that the registry would refuse. */
  searchModels(filter: SearchFilter & { collapse: 'family' }, options?: ReadOptions): Promise<Reply<CollapsedModel[]>>
  searchModels(filter?: SearchFilter, options?: ReadOptions): Promise<Reply<Model[]>>
  /** The version that the other reads answer from. */
  getVersion(options?: ReadOptions): Promise<Reply<VersionId>>
}

export function createReader(read: (options: ReadOptions) => Promise<Reply<Manifest>>): Reader {
  const answer = async <T extends object>(
    options: ReadOptions | undefined,
    find: (manifest: Manifest) => T | ProblemError,
  ): Promise<Reply<T>> => {
    const reply = await read(options ?? {})
    if (reply.error) return reply
    const found = find(reply.data)
    return found instanceof ProblemError ? failWith(found) : { ...reply, data: found }
  }
  return {
    getManifest: (options) => answer(options, copyOf),
    getProviders: (options) => answer(options, ({ providers }) => [...providers]),
    getModels: (options) => answer(options, ({ models }) => [...models]),
    getProviderModels: (provider, options) => answer(options, (manifest) => modelsOf(manifest, provider)),
    getModel: (provider, value, options) => answer(options, (manifest) => modelIn(manifest, provider, value)),
    searchModels: (filter?: SearchFilter, options?: ReadOptions) =>
      answer(options, ({ models }) => modelsThatMatch(models, filter)),
    getVersion: (options) => answer(options, idOf),
  }
}

function modelsOf(manifest: Manifest, provider: string): Model[] | ProblemError {
  const { providers, models } = manifest
  if (providers.some(({ value }) => value === provider)) return models.filter((model) => model.provider === provider)
  return notFound(manifest, 'provider', provider)
}

function modelIn(manifest: Manifest, provider: string, value: string): Model | ProblemError {
  const found = manifest.models.find((model) => model.provider === provider && model.value === value)
  return found ?? notFound(manifest, 'model', `${provider}/${value}`)
}

function modelsThatMatch(models: Model[], filter: SearchFilter = {}): CollapsedModel[] | ProblemError {
  const checked = modelFilterOf(filter)
  if (checked instanceof ProblemError) return checked
  return searchModels(models, checked).models as CollapsedModel[] // where the filter collapses, which its type tells
}

function notFound({ version }: Manifest, kind: string, name: string): ProblemError {
  return localProblem(404, 'not-found', `Cannot read ${kind} "${name}": ${version} has no such ${kind}`)
}
