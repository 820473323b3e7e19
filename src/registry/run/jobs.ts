/**
 * Jobs that the object must run later, even after a crash: a table of due jobs behind the object's only alarm.
 * Setting a job is atomic with the writes before it, as long as there is no `await` between them.
 */
import { asc, eq, lte } from 'drizzle-orm'
import type { Database } from '../store/database.ts'
import { jobs } from '../store/tables.ts'

/** publish: update KV · pull: retry sources · watchdog: detect a dead run · rebuild: settings or code changed ·
 * prices: a price of an override begins or ends */
export type JobName = 'publish' | 'pull' | 'watchdog' | 'rebuild' | 'prices'

interface JobsParts {
  db: Database
  storage: DurableObjectStorage
}

export class Jobs {
  readonly #parts: JobsParts

  constructor(parts: JobsParts) {
    this.#parts = parts
  }

  /** Unix milliseconds. */
  dueAt(name: JobName): number | undefined {
    return this.#parts.db.tables.select().from(jobs).where(eq(jobs.name, name)).get()?.dueAt
  }

  set(name: JobName, dueAt: number): void {
    this.#parts.db.tables
      .insert(jobs)
      .values({ name, dueAt })
      .onConflictDoUpdate({ target: jobs.name, set: { dueAt } })
      .run()
    this.arm()
  }

  clear(name: JobName): void {
    this.#parts.db.tables.delete(jobs).where(eq(jobs.name, name)).run()
    this.arm()
  }

  due(now: number): JobName[] {
    const rows = this.#parts.db.tables.select().from(jobs).where(lte(jobs.dueAt, now)).orderBy(asc(jobs.dueAt)).all()
    return rows.map(({ name }) => name as JobName) // only `set` writes names
  }

  /** Points the alarm at the earliest job. */
  arm(): void {
    const next = this.#parts.db.tables.select().from(jobs).orderBy(asc(jobs.dueAt)).limit(1).get()
    // Not awaited: the storage keeps the order of writes, and delays replies until they are durable.
    void (next ? this.#parts.storage.setAlarm(next.dueAt) : this.#parts.storage.deleteAlarm())
  }
}
