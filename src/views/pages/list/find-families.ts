/** A page of the list: families of which any model matches, each by the first that does. Pure, here and in the browser. */

import type { Listed } from '../../../core/search/columns/listed.ts'
import type { ListedFacts } from '../../../core/search/columns/listed-facts.ts'
import { rowsThatMatch } from '../../../core/search/columns/listed-rows.ts'
import { columnOf, type ListColumn, type ListedFamily } from './list-columns.ts'
import type { ListQuery } from './list-query.ts'

/** Enough to look through, few enough to draw at once on a phone. */
export const PAGE_SIZE = 20

export interface FoundFamilies {
  families: ListedFamily[]
  /** Before paging. */
  totalFamilies: number
  totalModels: number
}

export function findFamilies(listed: Listed, query: ListQuery, usualSort: string): FoundFamilies {
  const { sort = usualSort, page = 1, col: _col, ...filter } = query
  const rows = rowsThatMatch(listed.facts, filter)
  const groups = groupFamilies(rows, listed.columns.words.family.at)
  const start = (page - 1) * PAGE_SIZE
  const shown = [...orderOf(listed.facts, groups, sort).subarray(start, start + PAGE_SIZE)]
  return {
    families: shown.map((group) => familyOf(listed, groups, group)),
    totalFamilies: groups.heads.length,
    totalModels: rows.length,
  }
}

/** Families as runs of rows that match: where each begins among them, and what row that is. */
interface Groups {
  rows: Uint32Array
  starts: number[]
  heads: number[]
}

// Loops by index, here and below: on a slow phone, iterators take most of the time of an answer.

/** Rows are ranked by family. */
function groupFamilies(rows: Uint32Array, families: readonly number[]): Groups {
  const groups: Groups = { rows, starts: [], heads: [] }
  let last: number | undefined
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] ?? 0
    const family = families[row]
    if (family === last) continue
    last = family
    groups.starts.push(place)
    groups.heads.push(row)
  }
  return groups
}

function familyOf(listed: Listed, { rows, starts }: Groups, group: number): ListedFamily {
  const [head = 0, ...others] = rows.subarray(starts[group], starts[group + 1])
  const model = listed.model(head)
  return { head: model, members: [model, ...others.map((row) => listed.model(row))] }
}

/** What is equal is ordered by release, the newest first, and then stays as it is. */
function orderOf(facts: ListedFacts, groups: Groups, sort: string): Uint32Array {
  const descends = sort.startsWith('-')
  const column = columnOf(descends ? sort.slice(1) : sort)
  const order = Uint32Array.from(groups.heads, (_, group) => group)
  if (!column) return order
  const day = keysOf(facts.of('releaseDay'), groups.heads, true)
  const keys = [...columnKeys(column, facts, groups, descends), day]
  return order.sort((a, b) => compareKeys(keys, a, b) || a - b)
}

function columnKeys(column: ListColumn, facts: ListedFacts, groups: Groups, descends: boolean): Float64Array[] {
  if (column.sortsBy === 'offers') return [keysOf(countsOf(groups), [...groups.heads.keys()], descends)]
  return column.sortsBy.map((fact) => keysOf(facts.of(fact), groups.heads, descends))
}

/** Of each group, the smallest first. What is unknown comes last both ways. */
function keysOf(values: Float64Array, places: readonly number[], descends: boolean): Float64Array {
  const keys = new Float64Array(places.length)
  for (let at = 0; at < places.length; at++) {
    const value = values[places[at] ?? 0] ?? Number.NaN
    keys[at] = Number.isNaN(value) ? Number.POSITIVE_INFINITY : descends ? -value : value
  }
  return keys
}

function countsOf({ rows, starts }: Groups): Float64Array {
  return Float64Array.from(starts, (start, group) => (starts[group + 1] ?? rows.length) - start)
}

/** The first difference decides; two that are unknown make none. */
function compareKeys(keys: readonly Float64Array[], a: number, b: number): number {
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]
    const difference = (key?.[a] ?? 0) - (key?.[b] ?? 0)
    if (difference) return difference
  }
  return 0
}
