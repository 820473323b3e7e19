/**
 * Filters, sorts and pages models. Pure, and the same for the server and a client with a manifest at hand.
 * A model that lacks the fact a filter asks about does not match; in sorting it comes last both ways.
 */
import { compareText } from './canonical.ts'
import { compareModels } from './model-order.ts'
import type { Capabilities, Model } from './schema.ts'

export const SORT_KEYS = ['iq', 'speed', 'price', 'releaseDate', 'name'] as const
type SortKey = (typeof SORT_KEYS)[number]

export interface ModelFilter {
  /** Part of the name, value or alias, in any case. */
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
  /** A `-` in front sorts descending. */
  sort?: SortKey | `-${SortKey}`
  limit?: number
  offset?: number
}

export interface Found {
  models: Model[]
  /** How many matched before paging. */
  total: number
}

export function searchModels(models: Model[], filter: ModelFilter): Found {
  const matching = models.filter(matcherOf(filter))
  const sorted = filter.sort ? sortModels(matching, filter.sort) : matching
  const offset = filter.offset ?? 0
  return {
    models: sorted.slice(offset, filter.limit === undefined ? undefined : offset + filter.limit),
    total: matching.length,
  }
}

function matcherOf(filter: ModelFilter): (model: Model) => boolean {
  const name = filter.name?.toLowerCase()
  const { provider, status, capability, minIq, minSpeed, minContextWindow, maxInputPrice, maxOutputPrice } = filter
  const { releaseDateFrom, releaseDateTo } = filter
  return (model) =>
    (name === undefined || [model.name, model.value, model.alias].some((text) => text.toLowerCase().includes(name))) &&
    (provider === undefined || provider.includes(model.provider)) &&
    (status === undefined || status.includes(model.status)) &&
    (capability === undefined || capability.every((wanted) => model.capabilities?.[wanted] === true)) &&
    isAtLeast(model.iq, minIq) &&
    isAtLeast(model.speed, minSpeed) &&
    isAtLeast(model.metrics?.contextWindow, minContextWindow) &&
    isAtMost(model.pricing?.input, maxInputPrice) &&
    isAtMost(model.pricing?.output, maxOutputPrice) &&
    isAtLeast(model.releaseDate, releaseDateFrom) &&
    isAtMost(model.releaseDate, releaseDateTo)
}

function isAtLeast<T extends number | string>(fact: T | undefined, bound: T | undefined): boolean {
  return bound === undefined || (fact !== undefined && fact >= bound)
}

function isAtMost<T extends number | string>(fact: T | undefined, bound: T | undefined): boolean {
  return bound === undefined || (fact !== undefined && fact <= bound)
}

type Fact = number | string | undefined

/** What each key sorts by, the first difference deciding. */
const SORT_FACTS: Record<SortKey, (model: Model) => Fact[]> = {
  iq: (model) => [model.metrics?.intelligenceIndex, model.iq],
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

function compareFacts(a: Fact[], b: Fact[], descending: boolean): number {
  for (const [index, fact] of a.entries()) {
    const order = compareFact(fact, b[index], descending)
    if (order !== 0) return order
  }
  return 0
}

function compareFact(a: Fact, b: Fact, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  const order = typeof a === 'string' ? compareText(a, String(b)) : a - Number(b)
  return descending ? -order : order
}
