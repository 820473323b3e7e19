/**
 * Restores a backup, part by part, into an empty registry. Until the closing line proves that nothing was lost, the
 * registry is `restoring` and refuses other requests; an invalid part is refused and changes nothing.
 */

import { type Failure, fail, ok, type Result } from '../../core/failure.ts'
import { BACKUP_COLUMNS, type BackupTable } from '../../core/records/backup-format.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import { newestCommit, outcomeOfCommit } from '../history/history.ts'
import { batches } from '../store/batches.ts'
import type { Database } from '../store/database.ts'
import { sha256 } from '../store/sha256.ts'
import { deleteState, getState, putState } from '../store/state.ts'
import { type BackupPart, type BackupRow, BEGINNING, readBackupPart } from './backup-part.ts'
import { findWrongRevision } from './restored-entity.ts'
import { checkHistory } from './restored-history.ts'
import { bytesOf, checkRow } from './restored-rows.ts'

/** In an order that violates no foreign key. */
const WIPED = [
  ...[
    'diffs',
    'manifest_digests',
    'part_bodies',
    'readings',
    'revisions',
    'entities',
    'parts',
    'part_inputs',
    'source_parts',
    'versions',
    'pulls',
    'accepted',
    'holds',
  ],
  ...['creator_providers', 'state', 'overrides', 'remembered'],
]

/** A part takes some seconds. */
const RETRY_SECONDS = 30

/** While a backup is being restored, the reply to every request except the status and the restore itself. */
export const RESTORING = fail({
  code: 'restoring',
  detail:
    'Cannot use the registry: a backup is being restored. It ends with the last part, or with DELETE /v1/admin/import',
  retryAfterSeconds: RETRY_SECONDS,
})

export function isRestoring(db: Database): boolean {
  return getState(db, 'restore') !== undefined
}

/** Restores part number `part`, counted from 1: complete lines of the backup, in order. The last part may be sent again. */
export function restorePart(db: Database, part: number, text: string): Result<Outcome> {
  const known = getState(db, 'restore')
  const digest = sha256(text)
  const done = getState(db, 'restored')
  if (!known && done?.parts === part && done.digest === digest) return ok(outcomeOfCommit(db, newestCommit(db)))
  if (!known && newestCommit(db)) return conflict('the registry is not empty')
  if (known?.parts === part && known.digest === digest) return ok(taken(part, known.lines))
  const wanted = (known?.parts ?? 0) + 1
  if (part !== wanted) return conflict(`part ${part} is out of order: the next is part ${wanted}`)
  const read = readBackupPart(known ?? BEGINNING, text)
  if (!read.ok) return read
  return db.attempt(() => {
    if (part === 1) wipe(db)
    const complaint = writeRows(db, read.value)
    if (complaint) return invalid(complaint)
    putState(db, 'restore', { parts: part, digest, ...read.value.progress })
    return read.value.closed ? open(db) : ok(taken(part, read.value.progress.lines))
  })
}

/** Deletes the data of an unfinished restore. */
export function wipeRestore(db: Database): Result<Outcome> {
  if (!isRestoring(db)) return conflict('no restore is in progress, and a registry in use is never wiped')
  db.transaction(() => wipe(db))
  return ok({ outcome: 'unchanged', detail: 'Deleted the data of the unfinished restore; the registry is empty' })
}

function open(db: Database): Result<Outcome> {
  const complaint = checkHistory(db)
  if (complaint !== undefined) return invalid(complaint)
  const { parts, digest } = getState(db, 'restore') ?? { parts: 0, digest: '' }
  putState(db, 'restored', { parts, digest })
  deleteState(db, 'restore')
  return ok({ ...outcomeOfCommit(db, newestCommit(db)), changes: undefined })
}

function wipe({ sql }: Database): void {
  for (const table of WIPED) sql.exec(`delete from ${table}`)
}

function writeRows(db: Database, { rows }: BackupPart): string | undefined {
  try {
    for (const [table, group] of Map.groupBy(rows, ({ table }) => table)) {
      const complaint = writeTable(
        db,
        table,
        group.map(({ row }) => row),
      )
      if (complaint) return complaint
    }
    return undefined
  } catch (error) {
    return `its rows contradict each other: ${error instanceof Error ? error.message : error}`
  }
}

function writeTable(db: Database, table: BackupTable, rows: BackupRow[]): string | undefined {
  for (const row of rows) {
    const complaint = checkRow(table, row)
    if (complaint) return complaint
  }
  const wrong = table === 'revisions' ? findWrongRevision(db, rows) : undefined
  if (wrong) return `a row of revisions, id ${wrong.id}: its body does not match its entity`
  insert(db, table, rows)
  return undefined
}

/** Columns that the registry stores as gzip. */
const PACKED: Partial<Record<BackupTable, string>> = { source_parts: 'body', accepted: 'body', holds: 'rows' }

function insert({ sql }: Database, table: BackupTable, rows: BackupRow[]): void {
  if (table === 'payloads') {
    for (const { id, payload } of rows)
      sql.exec('update pulls set payload = ? where id = ?', bytesOf(String(payload)), id ?? null)
    return
  }
  const columns = BACKUP_COLUMNS[table]
  const packed = PACKED[table]
  const into = `insert into ${table} (${columns.join(', ')})`
  if (packed === undefined) {
    const values = columns.map((_, index) => `value ->> ${index}`)
    for (const batch of batches(rows.map((row) => columns.map((column) => row[column]))))
      sql.exec(`${into} select ${values.join(', ')} from json_each(?)`, batch)
    return
  }
  const cellOf = (row: BackupRow, column: string) => {
    const value = row[column] ?? null
    return column === packed && typeof value === 'string' ? bytesOf(value) : value
  }
  for (const row of rows)
    sql.exec(`${into} values (${columns.map(() => '?').join(', ')})`, ...columns.map((column) => cellOf(row, column)))
}

function taken(part: number, lines: number): Outcome {
  return {
    outcome: 'unchanged',
    detail: `Restored part ${part}, ${lines} lines so far; send the next part`,
  }
}

function invalid(reason: string): { ok: false; failure: Failure } {
  const errors = [{ field: 'body', message: reason }]
  return fail({ code: 'invalid-request', detail: `Cannot restore from this part: ${reason}`, errors })
}

function conflict(reason: string): { ok: false; failure: Failure } {
  return fail({ code: 'conflict', detail: `Cannot restore: ${reason}` })
}
