/**
 * Rows of one id as one row. They are near each other, and the last one counts: what is written while an answer streams in
 * says less of it. So a row waits for some others to pass; one that comes later still is a copy, and dropped.
 */
import type { UsageRow } from '../formats/usage-row.ts'
import { IdSet } from './id-set.ts'

/** More messages than one session has under way at a time. */
const WINDOW = 1000

export class DistinctRows {
  /** How many rows were another row's. */
  repeated = 0
  readonly #waiting = new Map<string, UsageRow>()
  readonly #done = new IdSet()

  /** The row that need not wait any longer, if there is one. */
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

  /** The request began when it was first written of. */
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
