/**
 * Writes everything that the registry stores as a backup, as of the commit that was newest when it began. Pages are read
 * by key between awaits, so no cursor is open while other requests write, and only one page at a time is in memory.
 */

import {
  BACKUP_COLUMNS,
  BACKUP_FORMAT,
  BACKUP_FORMAT_VERSION,
  BACKUP_TABLES,
  type BackupHeader,
  type BackupTable,
  linkOf,
  MAX_BACKUP_LINE_BYTES,
} from '../../core/records/backup-format.ts'
import type { Database } from '../store/database.ts'
import { sha256 } from '../store/sha256.ts'
import { type Row, type Scope, scopeOf } from './export-scope.ts'

/** About a megabyte of revisions. */
const PAGE_ROWS = 1000
/** Payloads are up to 1.9 MB each. */
const PAGE_PAYLOADS = 4

/** The backup as NDJSON, with the payloads of all pulls, or only of those that are needed. */
export function exportBackup(db: Database, now: number, payloads: boolean): ReadableStream<Uint8Array> {
  const scope = scopeOf(db, payloads)
  const exportedAt = new Date(now).toISOString()
  const header = { format: BACKUP_FORMAT, formatVersion: BACKUP_FORMAT_VERSION, exportedAt, seq: scope.seq, payloads }
  const texts = linkedPages(db, header, scope)
  const encoder = new TextEncoder()
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const page = texts.next()
      if (page.done) controller.close()
      else controller.enqueue(encoder.encode(page.value))
    },
  })
}

/** Pages of lines, then a closing line. Each page is produced when the one before it has been consumed. */
function* linkedPages(db: Database, header: BackupHeader, scope: Scope): Generator<string> {
  let link = ''
  let lines = 0
  for (const page of pagesOf(db, header, scope)) {
    const texts = page.map(lineOf)
    for (const text of texts) link = linkOf(link, text, sha256)
    lines += texts.length
    yield texts.map((text) => `${text}\n`).join('')
  }
  yield `${JSON.stringify({ lines, digest: link })}\n`
}

function lineOf(line: object): string {
  const text = JSON.stringify(line)
  // A line that is too long for a restore must fail the backup, not the restore.
  if (Buffer.byteLength(text) > MAX_BACKUP_LINE_BYTES)
    throw new Error(`Cannot back up: a line exceeds ${MAX_BACKUP_LINE_BYTES} bytes: ${text.slice(0, 200)}`)
  return text
}

function* pagesOf({ sql }: Database, header: BackupHeader, scope: Scope): Generator<object[]> {
  yield [header]
  for (const table of BACKUP_TABLES)
    for (const rows of READERS[table](sql, scope))
      if (rows.length > 0) yield rows.map((row) => ({ table, row: toJson(row) }))
}

function toJson(row: Row): Row {
  const values = Object.entries(row).map(([column, value]) => [
    column,
    value instanceof ArrayBuffer ? Buffer.from(value).toString('base64') : value,
  ])
  return Object.fromEntries(values)
}

/** The pages of each table, in order. A page is read when the one before it has been consumed. */
const READERS: Record<BackupTable, (sql: SqlStorage, scope: Scope) => Iterable<Row[]>> = {
  state: (_sql, { state }) => [state],
  creator_providers: (sql, { names }) =>
    pages(
      sql,
      'select rowid as key, creator_id, provider from creator_providers where rowid > ? and rowid <= ? order by rowid limit ?',
      names,
    ),
  versions: (sql, { seq }) =>
    pages(
      sql,
      `select seq as key, ${BACKUP_COLUMNS.versions} from versions where seq > ? and seq <= ? order by seq limit ?`,
      seq,
    ),
  parts: (sql, { seq }) =>
    pages(
      sql,
      `select rowid as key, provider, from_seq, case when to_seq <= ?2 then to_seq end as to_seq, digest
        from parts where rowid > ?1 and from_seq <= ?2 order by rowid limit ?3`,
      seq,
    ),
  entities: (sql, { seq }) =>
    pages(
      sql,
      // An entity that has returned since has no `gone_seq` now, so it is taken from its last revision at the time.
      `select e.id as key, e.id, kind, provider, value, first_seq,
        (select case when r.to_seq <= ?2 then r.to_seq end from revisions r indexed by revisions_from
          where r.entity_id = e.id and r.from_seq <= ?2 order by r.from_seq desc limit 1) as gone_seq
        from entities e where e.id > ?1 and first_seq <= ?2 order by e.id limit ?3`,
      seq,
    ),
  revisions: (sql, { seq }) =>
    pages(
      sql,
      `select id as key, id, entity_id, from_seq, case when to_seq <= ?2 then to_seq end as to_seq, body
        from revisions where id > ?1 and from_seq <= ?2 order by id limit ?3`,
      seq,
    ),
  source_parts: (_sql, { sourceParts }) => slices(sourceParts),
  pulls: (sql, { pulls, undecided }) =>
    pages(
      sql,
      `select p.id as key, p.id, source, at, coalesce(u.value, outcome) as outcome, origin, forced, code, detail,
        reasons, tier, index_version, models, providers, rate_limit_remaining,
        case when u.value is null then seq end as seq, digest, unread
        from pulls p left join json_each(?4) u on u.key = p.id where p.id > ?1 and p.id <= ?2 order by p.id limit ?3`,
      pulls,
      PAGE_ROWS,
      undecided,
    ),
  payloads: (sql, { pulls, payloads }) =>
    pages(
      sql,
      `select id as key, id, payload from pulls where id > ?1 and id <= ?2 and payload is not null
        and (?4 is null or id in (select value from json_each(?4))) order by id limit ?3`,
      pulls,
      PAGE_PAYLOADS,
      payloads,
    ),
  accepted: (_sql, { accepted }) => slices(accepted),
  holds: (_sql, { holds }) => slices(holds),
  overrides: (sql, { overrides }) =>
    pages(
      sql,
      'select id as key, id, at, by, provider, value, body from overrides where id > ? and id <= ? order by id limit ?',
      overrides,
    ),
  remembered: (_sql, { remembered }) => [remembered],
}

/** Rows in the order of `key`, up to the key `last`. The key is not part of the returned row. */
function* pages(
  sql: SqlStorage,
  query: string,
  last: number,
  limit = PAGE_ROWS,
  ...more: (string | null)[]
): Generator<Row[]> {
  let after = 0
  for (;;) {
    const rows = sql.exec(query, after, last, limit, ...more).toArray()
    if (rows.length === 0) return
    after = Number(rows.at(-1)?.key)
    yield rows.map(({ key: _, ...row }) => row)
  }
}

/** A few rows at a time, because their bodies are up to 1.9 MB each. */
function* slices(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += PAGE_PAYLOADS) yield rows.slice(start, start + PAGE_PAYLOADS)
}
