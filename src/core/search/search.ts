/**
 * Filters, collapses, sorts and pages models, in this order. Pure; shared by the server and the client. A model that
 * lacks the fact of a filter does not match; when sorting by that fact, it comes last in both directions.
 */
import { compareModels } from '../model-order.ts'
import type { Model } from '../schema/model.ts'
import type { SortKey } from '../vocabulary.ts'
import { whichEverywhere } from './by-id/find-model.ts'
import { collapseFamilies } from './collapse.ts'
import { conditionsOf, holds } from './conditions.ts'
import { compareFacts, type Fact } from './fact-order.ts'
import type { ModelFilter } from './model-filter.ts'
import { NUMBER_FACTS, SORT_FACTS, type Sort } from './search-facts.ts'

export type { ModelFilter }

export interface Found {
  models: Model[]
  /** The number of models before paging. */
  total: number
}

export function searchModels(models: Model[], filter: ModelFilter): Found {
  const meant = filter.model === undefined ? models : meantBy(models, filter.model)
  const conditions = conditionsOf(filter)
  const matching = meant.filter((model) => conditions.every((condition) => holds(condition, model)))
  const found = filter.collapse ? collapseFamilies(matching) : matching
  const sorted = filter.sort ? sortModels(found, filter.sort) : found
  return { models: pageOf(sorted, filter), total: found.length }
}

/** The models that an id means, in the order given. */
export function meantBy(models: readonly Model[], id: string): Model[] {
  const meant = new Set(whichEverywhere(models, id))
  return models.filter((model) => meant.has(model))
}

/** One page of a list of any kind. */
export function pageOf<T>(
  list: { slice(start: number, end?: number): T },
  { offset = 0, limit }: Pick<ModelFilter, 'offset' | 'limit'>,
): T {
  return limit === undefined ? list.slice(offset) : list.slice(offset, offset + limit)
}

/** Splits a sort into its key and direction. */
export function sortOf(sort: Sort): { key: SortKey; descending: boolean } {
  const descending = sort.startsWith('-')
  // Without the sign, it is a key.
  return { key: (descending ? sort.slice(1) : sort) as SortKey, descending }
}

function sortModels(models: Model[], sort: Sort): Model[] {
  const { key, descending } = sortOf(sort)
  const keyed = models.map((model) => ({ model, facts: sortFactsOf(model, key) }))
  keyed.sort((a, b) => compareFacts(a.facts, b.facts, descending) || compareModels(a.model, b.model))
  return keyed.map(({ model }) => model)
}

export function sortFactsOf(model: Model, key: SortKey): Fact[] {
  return SORT_FACTS[key].map((fact) => (fact === 'name' ? model.name.toLowerCase() : NUMBER_FACTS[fact](model)))
}
