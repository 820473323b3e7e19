/**
 * The state of the tables when a backup began: later writes are not part of it. Append-only tables are bounded by their
 * newest key; small ones whose rows are replaced are read at once.
 */
import { newestCommit } from '../history/history.ts'
import type { Database } from '../store/database.ts'

/** The keys of the state that belong to the stored history, not to the operation of this registry. */
export const KEPT_STATE = ['builtWith', 'pin', 'orphaned', 'lapses', 'pastLapses', 'sources', 'unread', 'stated']

export type Row = Record<string, SqlStorageValue>

export interface Scope {
  /** The newest commit. */
  seq: number
  names: number
  pulls: number
  overrides: number
  /** The outcomes of pulls that an operator may still decide on: JSON of id -> outcome. */
  undecided: string
  /** The ids of pulls whose payloads are in the backup, as a JSON list; null for all. */
  payloads: string | null
  state: Row[]
  sourceParts: Row[]
  accepted: Row[]
  holds: Row[]
  remembered: Row[]
}

export function scopeOf(db: Database, payloads: boolean): Scope {
  const { sql } = db
  const rows = (query: string, ...bindings: string[]): Row[] => sql.exec(query, ...bindings).toArray()
  const max = (column: string, table: string) =>
    sql.exec<{ max: number }>(`select coalesce(max(${column}), 0) as max from ${table}`).one().max
  const undecided = rows(`select id, outcome from pulls where outcome in ('held', 'rejected')`)
  return {
    seq: newestCommit(db)?.seq ?? 0,
    names: max('rowid', 'creator_providers'),
    pulls: max('id', 'pulls'),
    overrides: max('id', 'overrides'),
    undecided: JSON.stringify(Object.fromEntries(undecided.map(({ id, outcome }) => [id, outcome]))),
    payloads: payloads ? null : JSON.stringify(rows(NEEDED_PAYLOADS).map(({ id }) => id)),
    state: rows(
      'select key, value from state where key in (select value from json_each(?)) order by key',
      JSON.stringify(KEPT_STATE),
    ),
    sourceParts: rows('select provider, inputs, digest, body from source_parts order by provider'),
    accepted: rows('select source, provider, pull_id, digest, totals, body from accepted order by source, provider'),
    holds: rows('select source, provider, pull_id, at, reasons, rows from holds order by source, provider'),
    remembered: rows('select provider, value, body from remembered order by provider, value'),
  }
}

/** Payloads of pulls that may still be accepted, whole or in part, and of the newest accepted pull of each source. */
const NEEDED_PAYLOADS = `
  select id from pulls where outcome = 'held'
  union select pull_id from holds
  union select max(id) from pulls where outcome in ('committed', 'unchanged', 'pinned') group by source`
