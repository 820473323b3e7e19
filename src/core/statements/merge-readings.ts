/** Merges the readings of several shares of a source into one. Pure. */
import type { Reading, Unread } from './statement.ts'

export function mergeReadings(readings: readonly Reading[]): Required<Reading> {
  return {
    providers: readings.flatMap(({ providers }) => providers),
    models: readings.flatMap(({ models }) => models),
    scores: readings.flatMap(({ scores = [] }) => scores),
    rejected: readings.flatMap(({ rejected }) => rejected),
    unread: mergeUnread(readings.flatMap(({ unread }) => unread)),
  }
}

/** One line per field, with the first example found. */
export function mergeUnread(all: readonly Unread[]): Unread[] {
  const fields = new Map<string, Unread>()
  for (const { field, count, example } of all) {
    const known = fields.get(field)
    fields.set(field, known ? { ...known, count: known.count + count } : { field, count, example })
  }
  return [...fields.values()]
}
