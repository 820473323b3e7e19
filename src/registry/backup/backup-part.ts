/** Reads one part of a backup: complete lines, each linked to those before it. Pure; an error names its line. */

import type { FailureOf } from '../../core/failure.ts'
import { fail, ok, type Result } from '../../core/failure.ts'
import {
  BACKUP_COLUMNS,
  BACKUP_FORMAT,
  BACKUP_FORMAT_VERSION,
  BACKUP_TABLES,
  BackupLine,
  type BackupTable,
  linkOf,
} from '../../core/records/backup-format.ts'
import { sha256 } from '../store/sha256.ts'

/** How far a backup has been read. */
export interface BackupProgress {
  lines: number
  link: string
  /** The index in `BACKUP_TABLES` of the table reached; -1 before the header. */
  table: number
}

export type BackupRow = Record<string, string | number | null>

export interface BackupPart {
  progress: BackupProgress
  rows: { table: BackupTable; row: BackupRow }[]
  /** Whether the closing line was read and matches all lines before it. */
  closed: boolean
}

export const BEGINNING: BackupProgress = { lines: 0, link: '', table: -1 }

export function readBackupPart(before: BackupProgress, text: string): Result<BackupPart, FailureOf<'invalid-request'>> {
  if (!text.endsWith('\n')) return refuse('it is truncated in its last line')
  const part: BackupPart = { progress: before, rows: [], closed: false }
  for (const line of text.slice(0, -1).split('\n')) {
    const complaint = part.closed ? 'nothing may follow the closing line' : readLine(part, line)
    if (complaint) return refuse(`line ${part.progress.lines + 1}: ${complaint}`)
  }
  return ok(part)
}

/** Adds a line to the part, or returns what is wrong with it. */
function readLine(part: BackupPart, text: string): string | undefined {
  const line = parseLine(text)
  if (!line) return 'not a backup line'
  const { lines, link, table } = part.progress
  if ('digest' in line) {
    if (line.lines !== lines || line.digest !== link)
      return `the closing line does not match: some of the ${lines} lines before it were lost or altered`
    part.closed = true
    return undefined
  }
  const reached = 'format' in line ? 0 : BACKUP_TABLES.indexOf(line.table)
  const complaint = 'format' in line ? checkHeader(line, lines) : checkRow(line, table, reached)
  if (complaint) return complaint
  if ('table' in line) part.rows.push(line)
  part.progress = { lines: lines + 1, link: linkOf(link, text, sha256), table: Math.max(reached, 0) }
  return undefined
}

function parseLine(text: string): BackupLine | undefined {
  try {
    return BackupLine.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function checkHeader(
  { format, formatVersion }: { format: string; formatVersion: number },
  lines: number,
): string | undefined {
  if (lines > 0) return 'a second header'
  if (format !== BACKUP_FORMAT) return `unknown format "${format}"`
  if (formatVersion < BACKUP_FORMAT_VERSION) return `format version ${formatVersion} is no longer supported`
  if (formatVersion > BACKUP_FORMAT_VERSION)
    return `format version ${formatVersion} is newer than ${BACKUP_FORMAT_VERSION}: update the registry first`
  return undefined
}

function checkRow(
  { table, row }: { table: BackupTable; row: BackupRow },
  before: number,
  reached: number,
): string | undefined {
  if (before < 0) return 'a row before the header'
  if (reached < before) return `a row of ${table} after one of ${BACKUP_TABLES[before]}`
  const wanted = BACKUP_COLUMNS[table]
  const columns = Object.keys(row)
  if (columns.length !== wanted.length || columns.some((column) => !wanted.includes(column)))
    return `a row of ${table} has unexpected columns`
  return undefined
}

function refuse(reason: string): { ok: false; failure: FailureOf<'invalid-request'> } {
  const errors = [{ field: 'body', message: reason }]
  return fail({ code: 'invalid-request', detail: `Cannot restore from this part: ${reason}`, errors })
}
