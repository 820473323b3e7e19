/**
 * The totals of unchanged rows. They are stored for each provider with its last accepted rows, so that a pull that
 * changes three providers need not read the rows of the others.
 */
import { FIELDS_OF, GUARDED_FACTS, type GuardedFact, type GuardedRow } from './guarded-row.ts'

export interface Totals {
  providers: number
  rows: number
  /** How many values of each fact are above 0. */
  values: Record<GuardedFact, number>
}

/** The totals of one provider. */
export function totalsOf(rows: readonly GuardedRow[]): Totals {
  const countOf = (fact: GuardedFact) =>
    rows.reduce((sum, row) => sum + FIELDS_OF[fact].filter((field) => (row[field] ?? 0) > 0).length, 0)
  return {
    providers: 1,
    rows: rows.length,
    values: { price: countOf('price'), score: countOf('score'), speed: countOf('speed') },
  }
}

/** The sum of no totals is zero. */
export function sumOfTotals(all: Iterable<Totals>): Totals {
  const sum: Totals = { providers: 0, rows: 0, values: { price: 0, score: 0, speed: 0 } }
  for (const { providers, rows, values } of all) {
    sum.providers += providers
    sum.rows += rows
    for (const fact of GUARDED_FACTS) sum.values[fact] += values[fact]
  }
  return sum
}
