/** The record of pulls: every attempt, its outcome and its payload. */
import { and, asc, desc, eq, getTableColumns, gt, lt, ne, notInArray } from 'drizzle-orm'
import type { Outcome, PullRecord } from '../../core/schema/operations.ts'
import type { SourceName } from '../../core/vocabulary.ts'
import type { Database } from './database.ts'
import { type Payload, unpackPayload } from './payload.ts'
import { sourceState } from './state.ts'
import { type PullRow, pulls, versions } from './tables.ts'

export type NewPull = Omit<typeof pulls.$inferInsert, 'id'>
export type PullSummary = Omit<PullRow, 'payload'>

const { payload: _, ...SUMMARY } = getTableColumns(pulls)

export function insertPull({ tables }: Database, pull: NewPull): number {
  return tables.insert(pulls).values(pull).returning({ id: pulls.id }).get().id
}

export function updatePull({ tables }: Database, id: number, change: Partial<NewPull>): void {
  tables.update(pulls).set(change).where(eq(pulls.id, id)).run()
}

export function newestPull({ tables }: Database, source: SourceName): PullSummary | undefined {
  return tables.select(SUMMARY).from(pulls).where(eq(pulls.source, source)).orderBy(desc(pulls.id)).limit(1).get()
}

/** The latest time of a recorded pull of a source, except failures. */
export function newestPullTime({ tables }: Database, source: SourceName): number | undefined {
  const isPull = and(eq(pulls.source, source), ne(pulls.outcome, 'failed'))
  return tables.select({ at: pulls.at }).from(pulls).where(isPull).orderBy(desc(pulls.at)).limit(1).get()?.at
}

export function lastAcceptedPull(db: Database, source: SourceName): PullSummary | undefined {
  const id = sourceState(db, source).acceptedPull
  return id === undefined ? undefined : findPull(db, id)
}

/** The held pulls of a source that are newer than its last accepted pull, oldest first. */
export function heldPulls(db: Database, source: SourceName): PullSummary[] {
  const since = lastAcceptedPull(db, source)?.at ?? 0
  const isHeld = and(eq(pulls.source, source), eq(pulls.outcome, 'held'), gt(pulls.at, since))
  return db.tables.select(SUMMARY).from(pulls).where(isHeld).orderBy(asc(pulls.at)).all()
}

/** Drops the payloads of a source's accepted pulls, except the newest `kept`. */
export function prunePayloads({ tables, sql }: Database, source: SourceName, kept: number): void {
  if (!Number.isFinite(kept)) return
  const isAccepted = and(eq(pulls.source, source), notInArray(pulls.outcome, ['held', 'rejected', 'failed']))
  const ids = tables.select({ id: pulls.id }).from(pulls).where(isAccepted).orderBy(desc(pulls.id)).limit(kept).all()
  const oldest = ids.length < kept ? undefined : ids.at(-1)?.id
  if (oldest === undefined) return
  sql.exec(
    `update pulls set payload = null where source = ? and id < ? and payload is not null
      and outcome not in ('held', 'rejected')`,
    source,
    oldest,
  )
}

export function findPull({ tables }: Database, id: number): PullSummary | undefined {
  return tables.select(SUMMARY).from(pulls).where(eq(pulls.id, id)).get()
}

/** Newest first. */
export function listPulls({ tables }: Database, limit: number, before: number | undefined): PullSummary[] {
  const older = before === undefined ? undefined : lt(pulls.id, before)
  return tables.select(SUMMARY).from(pulls).where(older).orderBy(desc(pulls.id)).limit(limit).all()
}

/** The pull with the same pages and the same time, if it was recorded before. */
export function findSamePull(
  { tables }: Database,
  source: SourceName,
  at: number,
  digest: string,
): PullSummary | undefined {
  return tables
    .select(SUMMARY)
    .from(pulls)
    .where(and(eq(pulls.source, source), eq(pulls.at, at), eq(pulls.digest, digest)))
    .orderBy(pulls.id)
    .limit(1)
    .get()
}

export function readPayload({ tables }: Database, id: number): Payload | undefined {
  const row = tables.select({ payload: pulls.payload }).from(pulls).where(eq(pulls.id, id)).get()
  if (!row?.payload) return undefined
  const payload = unpackPayload(row.payload)
  if (!payload) throw new Error(`Cannot read the payload of pull ${id}: it is damaged`)
  return payload
}

/** The outcome of a recorded pull, with the commit that it made or that was current. */
export function outcomeOfPull({ tables }: Database, id: number): Outcome {
  const found = tables
    .select()
    .from(pulls)
    .leftJoin(versions, eq(versions.seq, pulls.seq))
    .where(eq(pulls.id, id))
    .get()
  if (!found) throw new Error(`Cannot read the outcome of pull ${id}: no such pull`)
  const { outcome, reasons, code, detail } = found.pulls
  const row = found.versions
  return {
    outcome,
    ...(row && { version: row.version, seq: row.seq }),
    ...(row &&
      outcome === 'committed' && { changes: { added: row.added, removed: row.removed, changed: row.changed } }),
    ...(outcome === 'pinned' && row && { pinned: row.version }),
    ...(reasons && { reasons }),
    ...(code !== null && { code }),
    ...(detail !== null && { detail }),
  }
}

/** A pull in the form of the API. */
export function toPullRecord({ tables }: Database, pull: PullSummary): PullRecord {
  const row = pull.seq === null ? undefined : tables.select().from(versions).where(eq(versions.seq, pull.seq)).get()
  return {
    id: pull.id,
    source: pull.source,
    at: new Date(pull.at).toISOString(),
    outcome: pull.outcome,
    origin: pull.origin,
    forced: pull.forced,
    ...(pull.code !== null && { code: pull.code }),
    ...(pull.detail !== null && { detail: pull.detail }),
    ...(pull.reasons !== null && { reasons: pull.reasons }),
    ...(pull.models !== null && { counts: { providers: pull.providers ?? 0, models: pull.models } }),
    ...(pull.unread?.length && { unread: pull.unread }),
    ...(pull.indexVersion !== null && { indexVersion: pull.indexVersion }),
    ...(pull.tier !== null && { tier: pull.tier }),
    ...(pull.rateLimitRemaining !== null && { rateLimitRemaining: pull.rateLimitRemaining }),
    ...(row && { version: row.version, seq: row.seq }),
  }
}
