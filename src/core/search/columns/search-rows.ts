/**
 * Searches columns: returns the rows that match, in the same order as `searchModels` returns models. Each condition is
 * checked only on the rows that passed the conditions before it. Pure.
 */
import { type Condition, conditionsOf, holdsWords } from '../conditions.ts'
import { type ModelFilter, pageOf } from '../search.ts'
import { holdsPart, type Sort, wordTextOf } from '../search-facts.ts'
import type { Column, ModelColumns } from './model-columns.ts'

/** All matching rows. Leaves `model`, `collapse` and paging to the caller. `among`: rows in the order of the manifest. */
export function searchRows(columns: ModelColumns, filter: ModelFilter, among?: Uint32Array): Uint32Array {
  const rows = matchingRows(columns, filter, among)
  return filter.sort ? firstRows(columns, rows, filter.sort, rows.length) : rows
}

/** Those of a page, and how many there are before paging. */
export function searchPage(
  columns: ModelColumns,
  filter: ModelFilter,
  among?: Uint32Array,
): { page: Uint32Array; total: number } {
  const rows = matchingRows(columns, filter, among)
  const { sort, offset = 0, limit = rows.length } = filter
  const first = sort ? firstRows(columns, rows, sort, Math.min(rows.length, offset + limit)) : rows
  return { page: pageOf(first, filter), total: rows.length }
}

function matchingRows(columns: ModelColumns, filter: ModelFilter, among = columns.rows): Uint32Array {
  let rows = among
  // The first condition writes what it keeps into a list of its own, and the others into the same.
  for (const condition of conditionsOf(filter))
    rows = rowsThat(columns, rows, condition, rows === among ? new Uint32Array(rows.length) : rows)
  return rows
}

/** `kept` is as long as `rows`, or the same. */
function rowsThat(columns: ModelColumns, rows: Uint32Array, condition: Condition, kept: Uint32Array): Uint32Array {
  const { numbers, names } = columns.data
  switch (condition.kind) {
    case 'between': {
      const { low, high } = condition
      return rowsWhere(numbers[condition.fact], rows, kept, (value) => value >= low && value <= high)
    }
    case 'allBits': {
      const { bits } = condition
      return rowsWhere(numbers[condition.fact], rows, kept, (value) => (value & bits) === bits)
    }
    case 'anyOf': {
      const wanted = new Set(condition.names)
      return rowsWhere(names[condition.fact], rows, kept, (name) => wanted.has(name))
    }
    case 'words': {
      const texts = columns.words(wordTextOf)
      return rows.filter((row) => holdsWords(texts[row] ?? '', condition.words))
    }
    case 'part':
      return rows.filter((row) => holdsPart(columns.texts(row), condition.part))
  }
}

/** Checks each value once. An unknown value never matches. */
function rowsWhere<T>(
  { values, codes }: Column<T>,
  rows: Uint32Array,
  kept: Uint32Array,
  isWanted: (value: T) => boolean,
): Uint32Array {
  const wanted = new Uint8Array(values.length + 1)
  let code = 0
  for (const value of values) wanted[code++] = isWanted(value) ? 1 : 0
  let count = 0
  // By index: a function or an iterator for each row would take most of the time of a search.
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    if (wanted[codes[row] ?? 0]) kept[count++] = row
  }
  return kept.subarray(0, count)
}

/** So many of the rows, sorted. */
function firstRows(columns: ModelColumns, rows: Uint32Array, sort: Sort, wanted: number): Uint32Array {
  return rows.length * ROWS_WALKED_PER_SORTED < columns.count
    ? sortRows(columns, rows, sort).subarray(0, wanted)
    : pickRows(columns, rows, sort, wanted)
}

/** To walk over all rows in their order takes as long as to sort a twentieth of them. */
const ROWS_WALKED_PER_SORTED = 20

/** Out of all rows in their order. */
function pickRows(columns: ModelColumns, rows: Uint32Array, sort: Sort, wanted: number): Uint32Array {
  const isPicked = new Uint8Array(columns.count)
  for (let at = 0; at < rows.length; at++) isPicked[rows[at] ?? 0] = 1
  const order = columns.order(sort)
  const picked = new Uint32Array(wanted)
  for (let place = 0, count = 0; count < wanted; place++) {
    const row = order[place] ?? 0
    if (isPicked[row]) picked[count++] = row
  }
  return picked
}

/** Sorts by rank among all rows, because a typed array sorts numbers without a comparison function. */
function sortRows(columns: ModelColumns, rows: Uint32Array, sort: Sort): Uint32Array {
  const ranks = columns.data.ranks[sort]
  const order = columns.order(sort)
  const sorted = new Uint32Array(rows.length)
  for (let at = 0; at < rows.length; at++) sorted[at] = ranks[rows[at] ?? 0] ?? 0
  sorted.sort()
  for (let at = 0; at < rows.length; at++) sorted[at] = order[sorted[at] ?? 0] ?? 0
  return sorted
}
