/**
 * The rank of each row for every sort key, ascending and descending. Computed when the columns are built, because
 * otherwise a new isolate must sort all rows before its first response. Pure.
 */
import { compareText } from '../../json/canonical.ts'
import { sortOf } from '../search.ts'
import { type NumberFact, SORT_FACTS, SORTS, type Sort } from '../search-facts.ts'

type Compare = (a: number, b: number) => number

/** Rows are in the order of a manifest, which decides ties. */
export function ranksOf(
  numbers: Readonly<Record<NumberFact, Float64Array>>,
  names: readonly string[],
): Record<Sort, Uint16Array> {
  const lower = names.map((name) => name.toLowerCase())
  const ranks = SORTS.map((sort) => {
    const { key, descending } = sortOf(sort)
    const compares = SORT_FACTS[key].map((fact) =>
      fact === 'name' ? byText(lower, descending) : byNumber(numbers[fact], descending),
    )
    return [sort, rankBy(names.length, compares)]
  })
  return Object.fromEntries(ranks) as Record<Sort, Uint16Array> // each sort
}

function rankBy(count: number, [first, second]: readonly Compare[]): Uint16Array {
  const rows = Array.from({ length: count }, (_, row) => row)
  rows.sort((a, b) => first?.(a, b) || second?.(a, b) || a - b)
  const ranks = new Uint16Array(count)
  for (const [rank, row] of rows.entries()) ranks[row] = rank
  return ranks
}

function byNumber(column: Float64Array, descending: boolean): Compare {
  const sign = descending ? -1 : 1
  return (a, b) => {
    const difference = (column[a] ?? Number.NaN) - (column[b] ?? Number.NaN)
    if (!Number.isNaN(difference)) return sign * difference
    // NaN is an unknown fact. It comes last in both directions.
    return Number(Number.isNaN(column[a])) - Number(Number.isNaN(column[b]))
  }
}

function byText(column: readonly string[], descending: boolean): Compare {
  const sign = descending ? -1 : 1
  return (a, b) => sign * compareText(column[a] ?? '', column[b] ?? '')
}
