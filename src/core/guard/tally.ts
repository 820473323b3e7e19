/**
 * Counts what changed between two lists of rows. Tallies can be added: the tally of the catalogue is the sum of those
 * of its providers, and nothing is compared twice. Each row must occur once; the order does not matter.
 */
import { MAX_FACTOR } from './guard-limits.ts'
import { FIELDS_OF, GUARDED_FACTS, type GuardedFact, type GuardedRow, hasFact, keyOf } from './guarded-row.ts'
import type { Totals } from './totals.ts'

export interface ValueChange {
  row: GuardedRow
  before: number
  after: number
}

export interface FactTally {
  /** Of the rows on both sides, how many had the fact before, and how many have it after. */
  before: number
  after: number
  gone: GuardedRow[]
  /** Values that exist on both sides and were above 0 before. */
  compared: number
  zeroed: ValueChange[]
  offScale: ValueChange[]
}

export interface Tally {
  before: number
  after: number
  kept: number
  lost: GuardedRow[]
  added: GuardedRow[]
  facts: Record<GuardedFact, FactTally>
}

/** `liveIds`: the identifiers in `next`, including those at other providers, where rows may have moved. */
export function tallyOf(
  previous: readonly GuardedRow[],
  next: readonly GuardedRow[],
  liveIds: ReadonlySet<string> = idsOf(next),
): Tally {
  const tally = { ...emptyTally(), before: previous.length, after: next.length }
  const knownById = new Map<string, GuardedRow>()
  const knownByKey = new Map<string, GuardedRow>()
  for (const row of previous) {
    // A row whose identifier still exists is matched by it alone, so that the order of rows does not matter.
    if (row.id !== undefined && liveIds.has(row.id)) knownById.set(row.id, row)
    else knownByKey.set(keyOf(row), row)
  }
  for (const row of next) {
    const key = keyOf(row)
    const sameId = row.id === undefined ? undefined : knownById.get(row.id)
    const earlier = sameId ?? knownByKey.get(key)
    if (!earlier) {
      tally.added.push(row)
      continue
    }
    if (!sameId) knownByKey.delete(key)
    compareRows(earlier, row, tally)
  }
  tally.lost = [...knownByKey.values()]
  return tally
}

export function idsOf(rows: Iterable<GuardedRow>): Set<string> {
  const ids = new Set<string>()
  for (const { id } of rows) if (id !== undefined) ids.add(id)
  return ids
}

function compareRows(earlier: GuardedRow, row: GuardedRow, tally: Tally): void {
  tally.kept++
  for (const fact of GUARDED_FACTS) {
    const counts = tally.facts[fact]
    const had = hasFact(earlier, fact)
    const has = hasFact(row, fact)
    if (had) counts.before++
    if (has) counts.after++
    if (had && !has) counts.gone.push(row)
    for (const field of FIELDS_OF[fact]) compareValues(earlier[field], row[field], row, counts)
  }
}

function compareValues(
  before: number | undefined,
  after: number | undefined,
  row: GuardedRow,
  counts: FactTally,
): void {
  if (before === undefined || before <= 0 || after === undefined) return
  counts.compared++
  if (after === 0) counts.zeroed.push({ row, before, after })
  else if (after > before * MAX_FACTOR || after * MAX_FACTOR < before) counts.offScale.push({ row, before, after })
}

/** The sum of the tallies and of the rows that did not change. */
export function sumOfTallies(tallies: Iterable<Tally>, unchanged: Totals): Tally {
  const sum = { ...emptyTally(), before: unchanged.rows, after: unchanged.rows, kept: unchanged.rows }
  for (const fact of GUARDED_FACTS) sum.facts[fact].compared = unchanged.values[fact]
  for (const tally of tallies) addTally(sum, tally)
  return sum
}

function addTally(sum: Tally, tally: Tally): void {
  sum.before += tally.before
  sum.after += tally.after
  sum.kept += tally.kept
  append(sum.lost, tally.lost)
  append(sum.added, tally.added)
  for (const fact of GUARDED_FACTS) addFacts(sum.facts[fact], tally.facts[fact])
}

function addFacts(sum: FactTally, counts: FactTally): void {
  sum.before += counts.before
  sum.after += counts.after
  sum.compared += counts.compared
  append(sum.gone, counts.gone)
  append(sum.zeroed, counts.zeroed)
  append(sum.offScale, counts.offScale)
}

/** Not `push(...more)`, because tens of thousands of arguments overflow the stack. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item)
}

function emptyTally(): Tally {
  return {
    before: 0,
    after: 0,
    kept: 0,
    lost: [],
    added: [],
    facts: { price: emptyFacts(), score: emptyFacts(), speed: emptyFacts() },
  }
}

function emptyFacts(): FactTally {
  return { before: 0, after: 0, gone: [], compared: 0, zeroed: [], offScale: [] }
}
