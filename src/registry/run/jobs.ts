/**
 * What the object must do later, also after a crash: a table of due jobs behind the object's one alarm.
 * Setting a job and the writes it follows up are one atomic step, as long as no `await` stands between them.
 */
import { asc, eq, lte } from 'drizzle-orm'
import type { Database } from '../store/database.ts'
import { jobs } from '../store/tables.ts'

/** publish: bring KV up to date · pull: try sources again · watchdog: a run died · rebuild: settings or code changed ·
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
    // The storage keeps the order of writes and holds replies until they are durable: no need to wait.
    void (next ? this.#parts.storage.setAlarm(next.dueAt) : this.#parts.storage.deleteAlarm())
  }
}
