/**
 * What restored rows must be for the registry to read them. A backup's links prove that nothing was lost on its way,
 * not who wrote it: a row that every later read would fail on is refused with the backup, not found out afterwards.
 */

import { BACKUP_TABLES, type BackupTable } from '../../core/backup-format.ts'
import { OUTCOMES } from '../../core/vocabulary.ts'
import type { Database } from '../store/database.ts'

const isObject = (column: string): string => isJson(column, 'object')
/** The type of what is no JSON cannot even be asked for. */
const isJson = (column: string, type: string): string =>
  `case when json_valid(${column}) then json_type(${column}) = '${type}' end`
/** The years 1970 to 9999, in milliseconds: later ones are written otherwise. */
const isTime = (column: string): string => `typeof(${column}) = 'integer' and ${column} between 0 and 253402300799999`
const isCount = (column: string): string => `typeof(${column}) = 'integer' and ${column} >= 0`
const isOneOf = (column: string, texts: readonly string[]): string =>
  `${column} in (${texts.map((text) => `'${text}'`).join(', ')})`
/** Rows of the history are numbered from 1 without gaps, and everything else refers to them. */
const isSeq = (column: string): string =>
  `typeof(${column}) = 'integer' and ${column} between 1 and (select count(*) from versions)`
const orNull = (column: string, condition: string): string => `(${column} is null or (${condition}))`
const all = (...conditions: string[]): string => conditions.map((condition) => `(${condition})`).join(' and ')

const READABLE: Partial<Record<BackupTable, string>> = {
  settings: 'json_valid(value)',
  enrichments: isTime('heard_at'),
  versions: all(
    isSeq('seq'),
    ...['generated_at', 'committed_at'].map(isTime),
    ...['providers', 'models', 'added', 'removed', 'changed'].map(isCount),
    "version glob 'v1.*' and length(version) = 15 and not substr(version, 4) glob '*[^0-9a-f]*'",
    "substr(etag, 1, 12) = substr(version, 4) and length(etag) = 32 and not etag glob '*[^0-9a-f]*'",
    isJson('attribution', 'array'),
  ),
  entities: all(isOneOf('kind', ['model', 'provider']), isSeq('first_seq'), orNull('gone_seq', isSeq('gone_seq'))),
  revisions: all(isSeq('from_seq'), orNull('to_seq', all(isSeq('to_seq'), 'to_seq > from_seq')), isObject('body')),
  pulls: all(
    isTime('at'),
    isOneOf('outcome', OUTCOMES),
    isOneOf('origin', ['live', 'import']),
    orNull('reasons', isJson('reasons', 'array')),
    ...['models', 'providers', 'seq'].map((column) => orNull(column, isCount(column))),
  ),
  overrides: all(isTime('at'), orNull('body', isObject('body'))),
  remembered: isObject('body'),
}

/** The first table with a row that cannot be read. */
export function findUnreadable({ sql }: Database): string | undefined {
  return BACKUP_TABLES.find((table) => {
    const condition = READABLE[table]
    if (condition === undefined) return false
    return sql.exec(`select 1 from ${table} where not coalesce(${condition}, 0) limit 1`).toArray().length > 0
  })
}
