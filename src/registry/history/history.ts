/**
 * Reads of the history: commits, and the revisions that were current at any of them. The cost of reading a past moment
 * depends on the revisions of that moment, not on the length of the history.
 */
import { asc, desc, eq, lte, sql } from 'drizzle-orm'
import { etagOf } from '../../core/manifest/version.ts'
import type { Pointer, VersionInfo } from '../../core/schema/history.ts'
import type { ModelKey } from '../../core/schema/model.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import type { Database } from '../store/database.ts'
import { type CommitRow, type EntityKind, versions } from '../store/tables.ts'

/** The revision of an entity at some moment: its key and its canonical JSON. */
export interface StoredRevision {
  entityId: number
  kind: EntityKind
  provider: string
  value: string
  body: string
}

export function newestCommit(db: Database): CommitRow | undefined {
  return queriesOf(db).newest.get()
}

export function currentPointer(db: Database): Pointer | undefined {
  const row = newestCommit(db)
  return row && toPointer(row)
}

/** Prepared once: every read begins with such a query, and Drizzle takes longer to write it than SQLite to run it. */
const prepareQueries = ({ tables }: Database) => {
  const rows = () => tables.select().from(versions)
  const [seq, root] = [sql.placeholder('seq'), sql.placeholder('root')]
  return {
    newest: rows().orderBy(desc(versions.seq)).limit(1).prepare(),
    bySeq: rows().where(eq(versions.seq, seq)).prepare(),
    firstWithRoot: rows().where(eq(versions.root, root)).orderBy(asc(versions.seq)).limit(1).prepare(),
  }
}
const queries = new WeakMap<Database, ReturnType<typeof prepareQueries>>()

function queriesOf(db: Database): ReturnType<typeof prepareQueries> {
  const known = queries.get(db) ?? prepareQueries(db)
  queries.set(db, known)
  return known
}

export function rowBySeq(db: Database, seq: number): CommitRow | undefined {
  return queriesOf(db).bySeq.get({ seq })
}

export function firstCommitWithRoot(db: Database, root: string): CommitRow | undefined {
  return queriesOf(db).firstWithRoot.get({ root })
}

/** The current revisions, of all providers or of the given ones. */
export function openRevisions({ sql }: Database, providers?: readonly string[]): StoredRevision[] {
  if (!providers)
    return readRevisions(
      sql.exec(`select e.id, e.kind, e.provider, e.value, r.body
        from revisions r join entities e on e.id = r.entity_id where r.to_seq is null`),
    )
  return readRevisions(
    sql.exec(
      `select e.id, e.kind, e.provider, e.value, r.body
        from json_each(?) j cross join entities e cross join revisions r
        where e.kind in ('model', 'provider') and e.provider = j.value and r.entity_id = e.id and r.to_seq is null`,
      JSON.stringify(providers),
    ),
  )
}

/**
 * The revisions that were current at a commit: for each entity that existed then, the last one up to it. Of all entities,
 * or of the given entities or providers.
 */
export function revisionsAt(
  { sql }: Database,
  seq: number,
  only?: { entityIds: number[] } | { providers: readonly string[] },
): StoredRevision[] {
  const listed = 'in (select value from json_each(?2))'
  // Naming the kinds makes SQLite search the index of keys. Without them, it reads every entity that ever existed.
  const named =
    only && ('entityIds' in only ? `e.id ${listed}` : `e.kind in ('model', 'provider') and e.provider ${listed}`)
  return readRevisions(
    sql.exec(
      `select e.id, e.kind, e.provider, e.value, r.body from entities e ${REVISION_AT} ${named ? `and ${named}` : ''}`,
      ...(only ? [seq, JSON.stringify('entityIds' in only ? only.entityIds : only.providers)] : [seq]),
    ),
  )
}

/**
 * Joins each entity `e` that existed at the commit ?1 with its revision `r` then. Entities first, then one seek each:
 * otherwise the planner scans the index of ends, which grows with the history. The plus signs and the named index prevent
 * that.
 */
export const REVISION_AT = `cross join revisions r on r.id =
    (select id from revisions indexed by revisions_from
      where entity_id = e.id and from_seq <= ?1 order by from_seq desc limit 1)
  where e.first_seq <= ?1 and (e.gone_seq is null or e.gone_seq > ?1) and (+r.to_seq is null or +r.to_seq > ?1)`

function readRevisions(cursor: SqlStorageCursor<Record<string, SqlStorageValue>>): StoredRevision[] {
  // `raw` is several times faster than objects. The columns are those of the queries above.
  const revisions: StoredRevision[] = []
  for (const [entityId, kind, provider, value, body] of cursor.raw<[number, EntityKind, string, string, string]>())
    revisions.push({ entityId, kind, provider, value, body })
  return revisions
}

/** The canonical JSON of a model of the current version, if it has the model. */
export function openBody({ sql }: Database, { provider, value }: ModelKey): string | undefined {
  const rows = sql.exec(
    `select r.body from entities e join revisions r on r.entity_id = e.id and r.to_seq is null
      where e.kind = 'model' and e.provider = ? and e.value = ?`,
    provider,
    value,
  )
  const [row] = rows.raw<[string]>()
  return row?.[0]
}

/** The commits up to `upTo`, newest first. */
export function listVersions({ tables }: Database, limit: number, upTo: number): VersionInfo[] {
  const rows = tables.select().from(versions).where(lte(versions.seq, upTo)).orderBy(desc(versions.seq)).limit(limit)
  return rows.all().map(toVersionInfo)
}

/** Whether the JSON of any current model contains a text, ignoring the models of some providers. */
export function isInOpenRevision({ sql }: Database, text: string, without: readonly string[]): boolean {
  const [found] = sql.exec(
    `select 1 from revisions r join entities e on e.id = r.entity_id
      where r.to_seq is null and e.kind = 'model' and instr(r.body, ?) > 0
      and e.provider not in (select value from json_each(?)) limit 1`,
    text,
    JSON.stringify(without),
  )
  return found !== undefined
}

/** The outcome of a change: the commit it made, or the commit that was already current. */
export function outcomeOfCommit(db: Database, made: CommitRow | undefined): Outcome {
  const row = made ?? newestCommit(db)
  return {
    outcome: made ? 'committed' : 'unchanged',
    ...(row && { version: row.version, seq: row.seq }),
    ...(made && { changes: { added: made.added, removed: made.removed, changed: made.changed } }),
  }
}

export function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export function toPointer(row: CommitRow): Pointer {
  return {
    seq: row.seq,
    version: row.version,
    etag: etagOf(row.root),
    generatedAt: toTime(row.generatedAt),
    chain: row.chain,
  }
}

export function toVersionInfo(row: CommitRow): VersionInfo {
  const { providers, models, added, removed, changed } = row
  return {
    ...toPointer(row),
    root: row.root,
    committedAt: toTime(row.committedAt),
    ...(row.recordedAt === null ? {} : { recordedAt: toTime(row.recordedAt) }),
    ...(row.previous === null ? {} : { previous: row.previous }),
    cause: row.cause,
    counts: { providers, models },
    changes: { added, removed, changed },
    attribution: row.attribution,
  }
}
