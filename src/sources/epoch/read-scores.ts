/**
 * Reads the Epoch Capabilities Index as named scores. Columns are found by name: a column may move, but a missing one
 * is an error. The index is rounded to an integer, because every re-fit changes the decimals of nearly all models.
 */

import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { NamedScore, Unread } from '../../core/statements/statement.ts'
import { FieldReader, textOf } from '../field-reader.ts'
import { openSourceFailure } from '../open-source.ts'
import { type CsvReading, readCsv } from '../read-csv.ts'

const COLUMNS = { name: 'Model', index: 'eci', releaseDate: 'date', organization: 'Organization' } as const
/** The file had 222 records in August 2026. */
const MAX_RECORDS = 5000
/** The index ranged from 54 to 162 in August 2026. */
const MAX_INDEX = 1000

export type EciRecord = ReadonlyMap<string, string>

/** The records of a complete file. */
export function readRecords(csv: string): Result<readonly EciRecord[], SourceFailure> {
  // A complete file ends with a line break. Without it, the last value may be truncated.
  if (!csv.endsWith('\n')) return epochFailure('its last line is cut off')
  const read = readCsv(csv)
  const problem = problemOf(read)
  return read.records && problem === undefined ? ok(read.records) : epochFailure(problem ?? 'it cannot be read')
}

/** The index as stated in the file, with decimals. */
export function indexOf(record: EciRecord): number | undefined {
  const text = record.get(COLUMNS.index)?.trim() ?? ''
  const index = text === '' ? Number.NaN : Number(text)
  return Math.abs(index) <= MAX_INDEX ? index : undefined
}

export const nameOf = (record: EciRecord): string => record.get(COLUMNS.name)?.trim() ?? ''

export function readScores(records: readonly EciRecord[]): { scores: NamedScore[]; unread: Unread[] } {
  const fields = new FieldReader()
  const scores = records.flatMap((record): NamedScore[] => {
    const name = nameOf(record)
    fields.startRow(name)
    const index = indexOf(record)
    if (index === undefined) fields.reject(COLUMNS.index, record.get(COLUMNS.index))
    return index === undefined ? [] : [scoreOf(name, index, record, fields)]
  })
  return { scores, unread: fields.unread() }
}

function scoreOf(name: string, index: number, record: EciRecord, fields: FieldReader): NamedScore {
  const organization = fields.text(COLUMNS.organization, record.get(COLUMNS.organization) || undefined)
  const releaseDate = fields.date(COLUMNS.releaseDate, record.get(COLUMNS.releaseDate) || undefined)
  return {
    source: 'epoch',
    name,
    ...(organization !== undefined && { organization }),
    ...(releaseDate !== undefined && { releaseDate }),
    // Adding 0 turns -0, which canonical JSON cannot represent, into 0.
    metrics: { epochCapabilitiesIndex: Math.round(index) + 0 },
  }
}

function problemOf(read: CsvReading): string | undefined {
  if (read.problem !== undefined) return read.problem
  const { records } = read
  const [first] = records
  if (!first) return 'it has no records'
  if (records.length > MAX_RECORDS) return `it has more than ${MAX_RECORDS} records`
  const missing = Object.values(COLUMNS).find((column) => !first.has(column))
  if (missing !== undefined) return `the column "${missing}" is missing`
  const names = records.map(nameOf)
  const nameless = names.findIndex((name) => textOf(name) === undefined)
  if (nameless >= 0) return `record ${nameless + 2} has no usable name`
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) return `the model "${repeated}" is listed twice`
  return records.every((record) => indexOf(record) === undefined) ? 'it has no usable score' : undefined
}

function epochFailure(detail: string): { ok: false; failure: SourceFailure } {
  return openSourceFailure('Epoch', 'invalid', detail)
}
