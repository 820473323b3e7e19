/**
 * Merges rows with the same id. They are close together, and the last one counts: rows written while a response is streamed
 * are incomplete. So a row waits until some others have been read; a repetition after that is a copy and is dropped.
 */
import type { UsageRow } from '../formats/usage-row.ts'
import { IdSet } from './id-set.ts'

/** More messages than one session has in progress at a time. */
const WINDOW = 1000

export class DistinctRows {
  /** The number of rows that repeat another. */
  repeated = 0
  readonly #waiting = new Map<string, UsageRow>()
  readonly #done = new IdSet()

  /** The row that no longer has to wait, if there is one. */
  push(row: UsageRow): UsageRow | undefined {
    if (row.id === undefined) return row
    const before = this.#waiting.get(row.id)
    if (before) return this.#replace(row.id, before, row)
    if (this.#done.add(row.id)) {
      this.repeated++
      return undefined
    }
    this.#waiting.set(row.id, row)
    return this.#waiting.size > WINDOW ? this.#takeOldest() : undefined
  }

  *end(): Generator<UsageRow> {
    yield* this.#waiting.values()
    this.#waiting.clear()
  }

  /** The request began at the time of its first row. */
  #replace(id: string, before: UsageRow, row: UsageRow): undefined {
    this.repeated++
    this.#waiting.set(id, { ...row, span: before.span, record: before.record })
  }

  #takeOldest(): UsageRow | undefined {
    const [oldest] = this.#waiting
    if (!oldest) return undefined
    this.#waiting.delete(oldest[0])
    return oldest[1]
  }
}
