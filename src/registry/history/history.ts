/**
 * Reads of the memory: rows of the history, and the catalogue at any of them. A manifest is joined from stored bodies
 * without parsing one. Reading a past moment costs as much as that moment's manifest, not as the history behind it.
 */
import { and, asc, desc, eq, gte, lt, lte, sql } from 'drizzle-orm'
import { fail, ok, type Result } from '../../core/failure.ts'
import { compareModels } from '../../core/model-order.ts'
import type { Pointer, VersionInfo } from '../../core/schema/history.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import type { Selector } from '../../core/selector.ts'
import { type Bodies, contentText, manifestText } from '../../core/version.ts'
import type { Database } from '../store/database.ts'
import { type EntityKind, type VersionRow, versions } from '../store/tables.ts'

/** One entity's revision at some moment: its key and canonical JSON. */
export interface StoredRevision {
  entityId: number
  kind: EntityKind
  provider: string
  value: string
  body: string
}

export function newestRow({ tables }: Database): VersionRow | undefined {
  return tables.select().from(versions).orderBy(desc(versions.seq)).limit(1).get()
}

function newestSeq({ sql }: Database): number | null {
  return sql.exec<{ seq: number | null }>('select max(seq) as seq from versions').one().seq
}

/** Prepared once: Drizzle takes longer to write this query than SQLite to answer it, and every read begins with it. */
const prepareRowBySeq = ({ tables }: Database) =>
  tables
    .select()
    .from(versions)
    .where(eq(versions.seq, sql.placeholder('seq')))
    .prepare()
const rowBySeqQueries = new WeakMap<Database, ReturnType<typeof prepareRowBySeq>>()

export function rowBySeq(db: Database, seq: number): VersionRow | undefined {
  const query = rowBySeqQueries.get(db) ?? prepareRowBySeq(db)
  rowBySeqQueries.set(db, query)
  return query.get({ seq })
}

export function firstRowWithEtag({ tables }: Database, etag: string): VersionRow | undefined {
  return tables.select().from(versions).where(eq(versions.etag, etag)).orderBy(asc(versions.seq)).limit(1).get()
}

/** The row a selector means: a version its first row, a moment the row that was current then. */
export function findRow(db: Database, selector: Selector): Result<VersionRow> {
  return selector.by === 'version' ? findRowByVersion(db, selector.hex) : findRowAt(db, selector.time)
}

function findRowByVersion(db: Database, hex: string): Result<VersionRow> {
  // 'g' sorts after every hex digit, so the range holds exactly the etags that start with these digits.
  const inRange = and(gte(versions.etag, hex), lt(versions.etag, `${hex}g`))
  const etags = db.tables
    .selectDistinct({ etag: versions.etag, version: versions.version })
    .from(versions)
    .where(inRange)
    .all()
  if (etags.length > 1) {
    const detail = `Cannot tell which version "${hex}" means: ${etags.length} versions start with it`
    return fail({ code: 'ambiguous-version', detail, versions: etags.map((match) => match.version) })
  }
  const row = etags[0] && firstRowWithEtag(db, etags[0].etag)
  return row ? ok(row) : fail({ code: 'not-found', detail: `Cannot read version "${hex}": no such version` })
}

function findRowAt({ tables }: Database, time: number): Result<VersionRow> {
  const row = tables
    .select()
    .from(versions)
    .where(lte(versions.committedAt, time))
    .orderBy(desc(versions.committedAt))
    .limit(1)
    .get()
  if (row) return ok(row)
  const first = tables.select().from(versions).orderBy(asc(versions.seq)).limit(1).get()
  const since = first
    ? `the history begins with ${first.version} at ${toTime(first.committedAt)}`
    : 'there is no version yet'
  return fail({ code: 'not-found', detail: `Cannot read ${toTime(time)}: ${since}` })
}

export function manifestAt(db: Database, row: VersionRow): string {
  const bodies = bodiesOfRevisions(newestSeq(db) === row.seq ? openRevisions(db) : revisionsAt(db, row.seq))
  return manifestText(toPointer(row), row.attribution, contentText(bodies))
}

/** The revisions that are true now. */
export function openRevisions({ sql }: Database): StoredRevision[] {
  return readRevisions(
    sql.exec(`select e.id, e.kind, e.provider, e.value, r.body
      from revisions r join entities e on e.id = r.entity_id where r.to_seq is null`),
  )
}

/**
 * The revisions that were true at a row: for each entity alive around it the last one from before. Of some entities
 * only, if they are named.
 */
export function revisionsAt({ sql }: Database, seq: number, entityIds?: number[]): StoredRevision[] {
  const named = entityIds === undefined ? '' : 'and e.id in (select value from json_each(?2))'
  // Entities first, then one seek each: left to itself the planner walks the index of ends, which grows with the
  // history. The plus signs and the named index keep it from that.
  return readRevisions(
    sql.exec(
      `select e.id, e.kind, e.provider, e.value, r.body
        from entities e cross join revisions r on r.id =
          (select id from revisions indexed by revisions_from
            where entity_id = e.id and from_seq <= ?1 order by from_seq desc limit 1)
        where e.first_seq <= ?1 and (e.gone_seq is null or e.gone_seq > ?1)
          and (+r.to_seq is null or +r.to_seq > ?1) ${named}`,
      ...(entityIds === undefined ? [seq] : [seq, JSON.stringify(entityIds)]),
    ),
  )
}

function readRevisions(cursor: SqlStorageCursor<Record<string, SqlStorageValue>>): StoredRevision[] {
  // `raw` is some times faster than objects; the columns are those of the two queries above.
  const revisions: StoredRevision[] = []
  for (const [entityId, kind, provider, value, body] of cursor.raw<[number, EntityKind, string, string, string]>())
    revisions.push({ entityId, kind, provider, value, body })
  return revisions
}

/** The bodies in the order of a manifest. */
export function bodiesOfRevisions(revisions: Omit<StoredRevision, 'entityId'>[]): Bodies {
  // SQLite orders text by its UTF-8 bytes, which is not the order of UTF-16 code units.
  const sorted = revisions.toSorted(compareModels)
  const bodies = (kind: EntityKind) => sorted.filter((revision) => revision.kind === kind).map(({ body }) => body)
  return { models: bodies('model'), providers: bodies('provider') }
}

/** Rows up to one, newest first. */
export function listRows({ tables }: Database, limit: number, upTo: number): VersionRow[] {
  return tables.select().from(versions).where(lte(versions.seq, upTo)).orderBy(desc(versions.seq)).limit(limit).all()
}

/** What a commit came to: the row it made, or the one that was current already. */
export function outcomeOfRow(db: Database, made: VersionRow | undefined): Outcome {
  const row = made ?? newestRow(db)
  return {
    outcome: made ? 'committed' : 'unchanged',
    ...(row && { version: row.version, seq: row.seq }),
    ...(made && { changes: { added: made.added, removed: made.removed, changed: made.changed } }),
  }
}

export function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export function toPointer(row: VersionRow): Pointer {
  return { seq: row.seq, version: row.version, etag: `"${row.etag}"`, generatedAt: toTime(row.generatedAt) }
}

export function toVersionInfo(row: VersionRow): VersionInfo {
  const { providers, models, added, removed, changed } = row
  return {
    ...toPointer(row),
    committedAt: toTime(row.committedAt),
    ...(row.previous === null ? {} : { previous: row.previous }),
    cause: row.cause,
    counts: { providers, models },
    changes: { added, removed, changed },
    attribution: row.attribution,
    chain: row.chain,
  }
}
