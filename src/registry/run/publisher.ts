/**
 * Brings KV up to date with the newest row: `manifest`, then `current`, so that whoever sees the pointer finds the body.
 * KV takes one write a second per key; a burst of commits publishes its last row only. Retried until confirmed.
 */
import type { Pointer } from '../../core/schema/history.ts'
import { manifestAt, newestRow, toPointer } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { dropSetting, getSetting, putSetting } from '../store/settings.ts'
import type { Jobs } from './jobs.ts'

const MIN_INTERVAL_MS = 1000
const FIRST_RETRY_MS = 2000
const MAX_RETRY_MS = 5 * 60_000

interface PublisherParts {
  db: Database
  jobs: Jobs
  kv: KVNamespace
  clock: () => number
}

export class Publisher {
  readonly #parts: PublisherParts
  #failures = 0
  #lastWriteAt = Number.NEGATIVE_INFINITY

  constructor(parts: PublisherParts) {
    this.#parts = parts
  }

  /** Call in the same step as the commit, so that a crash between them cannot forget it. */
  schedule(): void {
    this.#parts.jobs.set('publish', this.#nextWriteAt())
  }

  /** The same even if KV has the row: what was lost or damaged there is whole again. */
  scheduleAnew(): void {
    dropSetting(this.#parts.db, 'publishedSeq')
    this.schedule()
  }

  /** After a failure between a commit and `schedule`. */
  catchUp(): void {
    const { db, jobs } = this.#parts
    const row = newestRow(db)
    const isDone = !row || getSetting(db, 'publishedSeq') === row.seq
    if (!isDone && jobs.dueAt('publish') === undefined) this.schedule()
  }

  async publish(): Promise<void> {
    const { db, jobs, clock } = this.#parts
    const row = newestRow(db)
    if (!row || getSetting(db, 'publishedSeq') === row.seq) return jobs.clear('publish')
    if (clock() < this.#nextWriteAt()) return this.schedule()
    this.#lastWriteAt = clock()
    const pointer = toPointer(row)
    try {
      await this.#write(pointer, manifestAt(db, row))
      this.#lastWriteAt = clock()
    } catch (error) {
      console.error(`Cannot publish ${pointer.version} to KV: ${error instanceof Error ? error.message : error}`)
      const delay = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, MAX_RETRY_MS)
      return jobs.set('publish', clock() + delay)
    }
    this.#failures = 0
    putSetting(db, 'publishedSeq', row.seq)
    // Another commit may have come while KV was writing.
    if (newestRow(db)?.seq === row.seq) jobs.clear('publish')
    else this.schedule()
  }

  #nextWriteAt(): number {
    const now = this.#parts.clock()
    // A clock that jumped back must not make KV wait until it is where it was.
    this.#lastWriteAt = Math.min(this.#lastWriteAt, now)
    return Math.max(now, this.#lastWriteAt + MIN_INTERVAL_MS)
  }

  async #write(pointer: Pointer, manifest: string): Promise<void> {
    const { version, etag, generatedAt, seq } = pointer
    await this.#parts.kv.put('manifest', manifest, { metadata: { version, etag, generatedAt, seq } })
    await this.#parts.kv.put('current', JSON.stringify(pointer))
  }
}
