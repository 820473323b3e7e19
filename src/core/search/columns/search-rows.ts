/**
 * Searches columns: returns the rows that match, in the same order as `searchModels` returns models. Each condition is
 * checked only on the rows that passed the conditions before it. Pure.
 */
import { type Condition, conditionsOf, holdsWords } from '../conditions.ts'
import type { ModelFilter } from '../search.ts'
import { holdsPart, type Sort, wordTextOf } from '../search-facts.ts'
import { type ModelColumns, NO_NAME } from './model-columns.ts'

/** Leaves `model`, `collapse` and paging to the caller. `among`: rows in the order of the manifest. */
export function searchRows(columns: ModelColumns, filter: ModelFilter, among?: Uint32Array): Uint32Array {
  let rows = among ?? columns.rows
  for (const condition of conditionsOf(filter)) rows = rowsThat(columns, rows, condition)
  return filter.sort ? sortRows(columns, rows, filter.sort) : rows
}

function rowsThat(columns: ModelColumns, rows: Uint32Array, condition: Condition): Uint32Array {
  const { numbers, names } = columns.data
  switch (condition.kind) {
    case 'between':
      return rowsBetween(numbers[condition.fact], rows, condition)
    case 'allBits':
      return rowsWithBits(numbers.capabilities, rows, condition.bits)
    case 'anyOf': {
      const { names: known, codes } = names[condition.fact]
      return rowsWithCode(codes, rows, known, condition.names)
    }
    case 'words': {
      const texts = columns.words(wordTextOf)
      return rows.filter((row) => holdsWords(texts[row] ?? '', condition.words))
    }
    case 'part':
      return rows.filter((row) => holdsPart(columns.texts(row), condition.part))
  }
}

// One loop for each kind, by index: calling a function or an iterator for each row would take most of a search's time.
function rowsBetween(column: Float64Array, rows: Uint32Array, { low, high }: { low: number; high: number }) {
  const kept = new Uint32Array(rows.length)
  let count = 0
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    const value = column[row] ?? Number.NaN
    // NaN is an unknown fact, and no comparison with it is true.
    if (value >= low && value <= high) kept[count++] = row
  }
  return kept.subarray(0, count)
}

function rowsWithBits(column: Float64Array, rows: Uint32Array, bits: number): Uint32Array {
  const kept = new Uint32Array(rows.length)
  let count = 0
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    if (((column[row] ?? 0) & bits) === bits) kept[count++] = row
  }
  return kept.subarray(0, count)
}

function rowsWithCode(codes: Uint16Array, rows: Uint32Array, known: readonly string[], names: readonly string[]) {
  const isWanted = new Uint8Array(NO_NAME + 1)
  for (const name of names) {
    const code = known.indexOf(name)
    if (code >= 0) isWanted[code] = 1
  }
  const kept = new Uint32Array(rows.length)
  let count = 0
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    if (isWanted[codes[row] ?? NO_NAME]) kept[count++] = row
  }
  return kept.subarray(0, count)
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
