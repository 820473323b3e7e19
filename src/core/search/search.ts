/**
 * Filters, collapses, sorts and pages models, in this order. Pure, and the same for the server and a client with a
 * manifest. A model that lacks the fact a filter asks about does not match; in sorting it comes last both ways.
 */
import { firstDayOf } from '../calendar.ts'
import { compareModels } from '../model-order.ts'
import type { Capabilities, Model } from '../schema/model.ts'
import type { SortKey } from '../vocabulary.ts'
import { collapseFamilies, iqFactsOf } from './collapse.ts'
import { compareFacts, type Fact } from './fact-order.ts'
import { whichEverywhere } from './find-model.ts'

export interface ModelFilter {
  /** Words, all of which occur in name, value, provider, lab, family or `sdk.model`, in any case. */
  q?: string
  /** An id, as for one model, at every provider. */
  model?: string
  /** Part of the name, value, alias or `sdk.model`, in any case. */
  name?: string
  /** Any of. */
  provider?: string[]
  /** Any of. */
  lab?: string[]
  /** Any of. */
  family?: string[]
  /** Any of. */
  type?: Model['type'][]
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
  /** YYYY-MM-DD, inclusive; a release of which only the month is known counts from its first day. */
  releaseDateFrom?: string
  releaseDateTo?: string
  openWeights?: boolean
  /** Whether its own lab offers it. */
  firstParty?: boolean
  /** One model for each family among those that match, its head, with `variants` of all. */
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
  const matching = models.filter(matcherOf(models, filter))
  const found = filter.collapse ? collapseFamilies(matching) : matching
  const sorted = filter.sort ? sortModels(found, filter.sort) : found
  const offset = filter.offset ?? 0
  return { models: sorted.slice(offset, offset + (filter.limit ?? found.length)), total: found.length }
}

type Predicate = (model: Model) => boolean

/** Made of the filters that are set: each is asked about every model. */
function matcherOf(models: readonly Model[], filter: ModelFilter): Predicate {
  const predicates = [meansOf(models, filter.model), ...predicatesOf(filter)].filter(
    (predicate) => predicate !== undefined,
  )
  return (model) => predicates.every((holds) => holds(model))
}

function meansOf(models: readonly Model[], id: string | undefined): Predicate | undefined {
  if (id === undefined) return undefined
  const meant = new Set(whichEverywhere(models, id))
  return (model) => meant.has(model)
}

function predicatesOf(filter: ModelFilter): (Predicate | undefined)[] {
  const name = filter.name?.toLowerCase()
  const words = wordsOf(filter.q)
  const { provider, lab, family, type, status, capability, firstParty } = filter
  return [
    words && ((model) => holdsAll(wordTextOf(model), words)),
    name === undefined ? undefined : (model) => namesOf(model).some((text) => text.toLowerCase().includes(name)),
    provider && ((model) => provider.includes(model.provider)),
    lab && ((model) => model.lab !== undefined && lab.includes(model.lab)),
    family && ((model) => family.includes(model.family)),
    type && ((model) => type.includes(model.type)),
    status && ((model) => status.includes(model.status)),
    capability && ((model) => capability.every((wanted) => model.capabilities?.[wanted])),
    atLeast(filter.minIq, (model) => model.iq),
    atLeast(filter.minSpeed, (model) => model.speed),
    atLeast(filter.minContextWindow, (model) => model.metrics?.contextWindow),
    atMost(filter.maxInputPrice, (model) => model.pricing?.input),
    atMost(filter.maxOutputPrice, (model) => model.pricing?.output),
    atLeast(filter.releaseDateFrom, releaseDayOf),
    atMost(filter.releaseDateTo, releaseDayOf),
    filter.openWeights === undefined ? undefined : (model) => model.openWeights === filter.openWeights,
    firstParty === undefined ? undefined : (model) => (model.firstParty ?? false) === firstParty,
  ]
}

/** Lower case; `undefined` where there are none. */
function wordsOf(q: string | undefined): string[] | undefined {
  return q?.toLowerCase().match(/\S+/g) ?? undefined
}

/** What words are looked for in, one fact a line: no word holds a line break. */
function wordTextOf({ name, value, provider, lab = '', family, sdk }: Model): string {
  return [name, value, provider, lab, family, sdk?.model ?? ''].join('\n').toLowerCase()
}

const holdsAll = (text: string, words: string[]): boolean => words.every((word) => text.includes(word))

function namesOf({ name, value, alias, sdk }: Model): string[] {
  return [name, value, alias, sdk?.model ?? '']
}

function releaseDayOf({ releaseDate }: Model): string | undefined {
  return releaseDate && firstDayOf(releaseDate)
}

type FactOf<T> = (model: Model) => T | undefined

function atLeast<T extends number | string>(bound: T | undefined, factOf: FactOf<T>): Predicate | undefined {
  if (bound === undefined) return undefined
  return (model) => {
    const fact = factOf(model)
    return fact !== undefined && fact >= bound
  }
}

function atMost<T extends number | string>(bound: T | undefined, factOf: FactOf<T>): Predicate | undefined {
  if (bound === undefined) return undefined
  return (model) => {
    const fact = factOf(model)
    return fact !== undefined && fact <= bound
  }
}

/** What each key sorts by, the first difference deciding. */
export const SORT_FACTS: Record<SortKey, (model: Model) => Fact[]> = {
  iq: iqFactsOf,
  speed: (model) => [model.speed],
  price: (model) => [model.pricing?.blended],
  contextWindow: (model) => [model.metrics?.contextWindow],
  releaseDate: (model) => [releaseDayOf(model)],
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
