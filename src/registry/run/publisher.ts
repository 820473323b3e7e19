/**
 * Brings KV up to date with the newest row: `manifest`, then `current`, so that whoever sees the pointer finds the body.
 * KV takes one write a second per key; a burst of commits publishes its last row only. Retried until confirmed.
 */
import type { Pointer } from '../../core/schema/history.ts'
import { isRestoring } from '../backup/restorer.ts'
import { manifestAt, newestRow, toPointer } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { dropSetting, getSetting, putSetting } from '../store/settings.ts'
import type { Jobs } from './jobs.ts'

const MIN_INTERVAL_MS = 1000
const FIRST_RETRY_MS = 2000
const MAX_RETRY_MS = 5 * 60_000

export class Publisher {
  readonly #db: Database
  readonly #jobs: Jobs
  readonly #kv: KVNamespace
  readonly #clock: () => number
  #failures = 0
  #lastWriteAt = Number.NEGATIVE_INFINITY

  constructor(db: Database, jobs: Jobs, kv: KVNamespace, clock: () => number) {
    this.#db = db
    this.#jobs = jobs
    this.#kv = kv
    this.#clock = clock
  }

  /** Call in the same step as the commit, so that a crash between them cannot forget it. */
  schedule(): void {
    this.#jobs.set('publish', this.#nextWriteAt())
  }

  /** The same even if KV has the row: what was lost or damaged there is whole again. */
  scheduleAnew(): void {
    dropSetting(this.#db, 'publishedSeq')
    this.schedule()
  }

  /** After a failure between a commit and `schedule`. */
  catchUp(): void {
    const row = newestRow(this.#db)
    const isDone = !row || getSetting(this.#db, 'publishedSeq') === row.seq
    if (!isDone && this.#jobs.dueAt('publish') === undefined) this.schedule()
  }

  async publish(): Promise<void> {
    const row = newestRow(this.#db)
    if (!row || getSetting(this.#db, 'publishedSeq') === row.seq || isRestoring(this.#db))
      return this.#jobs.clear('publish')
    if (this.#clock() < this.#nextWriteAt()) return this.schedule()
    this.#lastWriteAt = this.#clock()
    const pointer = toPointer(row)
    try {
      await this.#write(pointer, manifestAt(this.#db, row))
      this.#lastWriteAt = this.#clock()
    } catch (error) {
      console.error(`Cannot publish ${pointer.version} to KV: ${error instanceof Error ? error.message : error}`)
      const delay = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, MAX_RETRY_MS)
      return this.#jobs.set('publish', this.#clock() + delay)
    }
    this.#failures = 0
    putSetting(this.#db, 'publishedSeq', row.seq)
    // Another commit may have come while KV was writing.
    if (newestRow(this.#db)?.seq === row.seq) this.#jobs.clear('publish')
    else this.schedule()
  }

  #nextWriteAt(): number {
    const now = this.#clock()
    // A clock that jumped back must not make KV wait until it is where it was.
    this.#lastWriteAt = Math.min(this.#lastWriteAt, now)
    return Math.max(now, this.#lastWriteAt + MIN_INTERVAL_MS)
  }

  async #write(pointer: Pointer, manifest: string): Promise<void> {
    const { version, etag, generatedAt, seq } = pointer
    await this.#kv.put('manifest', manifest, { metadata: { version, etag, generatedAt, seq } })
    await this.#kv.put('current', JSON.stringify(pointer))
  }
}
