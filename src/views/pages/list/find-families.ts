/** A page of the list: families of which any model matches, each by the first that does. Pure, here and in the browser. */

import type { Model } from '../../../core/schema/model.ts'
import { compareFacts } from '../../../core/search/fact-order.ts'
import { searchModels } from '../../../core/search/search.ts'
import { columnOf, type ListedFamily } from './list-columns.ts'
import type { ListQuery } from './list-query.ts'

/** Enough to look through, few enough to draw at once on a phone. */
export const PAGE_SIZE = 50

export interface FoundFamilies {
  families: ListedFamily[]
  /** Before paging. */
  totalFamilies: number
  totalModels: number
}

/** `models` are ranked by family. */
export function findFamilies(models: Model[], query: ListQuery, usualSort: string): FoundFamilies {
  const { sort = usualSort, page = 1, col: _col, ...filter } = query
  const { models: found } = searchModels(models, filter)
  const families = sortFamilies(groupFamilies(found), sort)
  const start = (page - 1) * PAGE_SIZE
  return {
    families: families.slice(start, start + PAGE_SIZE),
    totalFamilies: families.length,
    totalModels: found.length,
  }
}

function groupFamilies(models: readonly Model[]): ListedFamily[] {
  const families: ListedFamily[] = []
  let last: ListedFamily | undefined
  for (const model of models) {
    if (last?.head.family === model.family) last.members.push(model)
    else {
      last = { head: model, members: [model] }
      families.push(last)
    }
  }
  return families
}

/** What is equal is ordered by release, the newest first, and then stays as it is. */
function sortFamilies(families: ListedFamily[], sort: string): ListedFamily[] {
  const descends = sort.startsWith('-')
  const column = columnOf(descends ? sort.slice(1) : sort)
  if (!column) return families
  const keyed = families.map((family) => ({ family, facts: column.factsOf(family), day: [family.head.releaseDate] }))
  keyed.sort((a, b) => compareFacts(a.facts, b.facts, descends) || compareFacts(a.day, b.day, true))
  return keyed.map(({ family }) => family)
}
