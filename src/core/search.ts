/**
 * Filters, collapses, sorts and pages models, in this order. Pure, and the same for the server and a client with a
 * manifest at hand. A model that lacks the fact a filter asks about does not match; in sorting it comes last both ways.
 */
import { collapseFamilies, iqFactsOf } from './collapse.ts'
import { compareFacts, type Fact } from './fact-order.ts'
import { compareModels } from './model-order.ts'
import type { Capabilities, Model } from './schema.ts'

export const SORT_KEYS = ['iq', 'speed', 'price', 'releaseDate', 'name'] as const
type SortKey = (typeof SORT_KEYS)[number]

export interface ModelFilter {
  /** Part of the name, value, alias or `sdk.model`, in any case. */
  name?: string
  /** Any of. */
  provider?: string[]
  /** Any of. */
  status?: Model['status'][]
  /** All of. */
  capability?: (keyof Capabilities)[]
  minIq?: number
  minSpeed?: number
  /** Tokens. */
  minContextWindow?: number
  /** USD per 1M tokens. */
  maxInputPrice?: number
  maxOutputPrice?: number
  /** YYYY-MM-DD, inclusive. */
  releaseDateFrom?: string
  releaseDateTo?: string
  openWeights?: boolean
  /** One model for each family among those that match, the best, with `variants` of all. */
  collapse?: 'family'
  /** A `-` in front sorts descending. */
  sort?: SortKey | `-${SortKey}`
  limit?: number
  offset?: number
}

export interface Found {
  models: Model[]
  /** How many there are before paging. */
  total: number
}

export function searchModels(models: Model[], filter: ModelFilter): Found {
  const matching = models.filter(matcherOf(filter))
  const found = filter.collapse ? collapseFamilies(matching) : matching
  const sorted = filter.sort ? sortModels(found, filter.sort) : found
  const offset = filter.offset ?? 0
  return { models: sorted.slice(offset, offset + (filter.limit ?? found.length)), total: found.length }
}

function matcherOf(filter: ModelFilter): (model: Model) => boolean {
  const name = filter.name?.toLowerCase()
  return (model) =>
    (name === undefined || namesOf(model).some((text) => text.toLowerCase().includes(name))) &&
    isOneOf(model.provider, filter.provider) &&
    isOneOf(model.status, filter.status) &&
    (filter.capability ?? []).every((wanted) => model.capabilities?.[wanted]) &&
    isAtLeast(model.iq, filter.minIq) &&
    isAtLeast(model.speed, filter.minSpeed) &&
    isAtLeast(model.metrics?.contextWindow, filter.minContextWindow) &&
    isAtMost(model.pricing?.input, filter.maxInputPrice) &&
    isAtMost(model.pricing?.output, filter.maxOutputPrice) &&
    isAtLeast(model.releaseDate, filter.releaseDateFrom) &&
    isAtMost(model.releaseDate, filter.releaseDateTo) &&
    (filter.openWeights === undefined || model.openWeights === filter.openWeights)
}

function namesOf({ name, value, alias, sdk }: Model): string[] {
  return [name, value, alias, sdk?.model ?? '']
}

function isOneOf<T>(fact: T, wanted: readonly T[] | undefined): boolean {
  return wanted === undefined || wanted.includes(fact)
}

function isAtLeast<T extends number | string>(fact: T | undefined, bound: T | undefined): boolean {
  return bound === undefined || (fact !== undefined && fact >= bound)
}

function isAtMost<T extends number | string>(fact: T | undefined, bound: T | undefined): boolean {
  return bound === undefined || (fact !== undefined && fact <= bound)
}

/** What each key sorts by, the first difference deciding. */
const SORT_FACTS: Record<SortKey, (model: Model) => Fact[]> = {
  iq: iqFactsOf,
  speed: (model) => [model.speed],
  price: (model) => [model.pricing?.blended],
  releaseDate: (model) => [model.releaseDate],
  name: (model) => [model.name.toLowerCase()],
}

function sortModels(models: Model[], sort: SortKey | `-${SortKey}`): Model[] {
  const descending = sort.startsWith('-')
  // What is left without the sign is a key.
  const factsOf = SORT_FACTS[(descending ? sort.slice(1) : sort) as SortKey]
  const keyed = models.map((model) => ({ model, facts: factsOf(model) }))
  keyed.sort((a, b) => compareFacts(a.facts, b.facts, descending) || compareModels(a.model, b.model))
  return keyed.map(({ model }) => model)
}
