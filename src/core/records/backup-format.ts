/**
 * The backup format: NDJSON with a header, one line per row, table by table, and a closing line. A hash chain links
 * each line to the lines before it, so the closing line shows whether any line is missing, altered or out of order. The
 * latest hash is the only state that must be kept between requests.
 */
import * as z from 'zod'
import type { Sha256 } from '../manifest/version.ts'

export const BACKUP_FORMAT = 'llm-registry-backup'
/** Increase it when an older registry could not read the lines. */
export const BACKUP_FORMAT_VERSION = 3

/** In the order in which they are written and must be restored. */
export const BACKUP_TABLES = [
  'state',
  'creator_providers',
  'versions',
  'parts',
  'entities',
  'revisions',
  'source_parts',
  'pulls',
  'payloads',
  'accepted',
  'holds',
  'overrides',
  'remembered',
] as const
export type BackupTable = (typeof BACKUP_TABLES)[number]

/** The columns of each table. Gzipped columns are base64 here. */
export const BACKUP_COLUMNS: Record<BackupTable, readonly string[]> = {
  state: ['key', 'value'],
  creator_providers: ['creator_id', 'provider'],
  versions: [
    ...['seq', 'version', 'root', 'generated_at', 'committed_at', 'recorded_at', 'previous', 'cause', 'providers'],
    ...[
      'models',
      'added',
      'removed',
      'changed',
      'attribution',
      'iq_basis',
      'iq_scale',
      'chain',
      'pull_id',
      'override_id',
    ],
  ],
  parts: ['provider', 'from_seq', 'to_seq', 'digest'],
  entities: ['id', 'kind', 'provider', 'value', 'first_seq', 'gone_seq'],
  revisions: ['id', 'entity_id', 'from_seq', 'to_seq', 'body'],
  source_parts: ['provider', 'inputs', 'digest', 'body'],
  pulls: [
    ...['id', 'source', 'at', 'outcome', 'origin', 'forced', 'code', 'detail', 'reasons', 'tier', 'index_version'],
    ...['models', 'providers', 'rate_limit_remaining', 'seq', 'digest', 'unread'],
  ],
  payloads: ['id', 'payload'],
  accepted: ['source', 'provider', 'pull_id', 'digest', 'totals', 'body'],
  holds: ['source', 'provider', 'pull_id', 'at', 'reasons', 'rows'],
  overrides: ['id', 'at', 'by', 'provider', 'value', 'body'],
  remembered: ['provider', 'value', 'body'],
}

/**
 * A row takes up to 2 MB; JSON escapes every quote in it, and base64 adds a third. The limit is below the size of the
 * parts that a restore sends.
 */
export const MAX_BACKUP_LINE_BYTES = 4_000_000

const Value = z.union([z.string(), z.number(), z.null()])

export const BackupLine = z.union([
  z.strictObject({
    format: z.string(),
    formatVersion: z.int(),
    exportedAt: z.string(),
    seq: z.int(),
    payloads: z.boolean(),
  }),
  z.strictObject({ table: z.enum(BACKUP_TABLES), row: z.record(z.string(), Value) }),
  z.strictObject({ lines: z.int(), digest: z.string() }),
])
export type BackupLine = z.infer<typeof BackupLine>
export type BackupHeader = Extract<BackupLine, { format: string }>

/** The hash after a line; `previous` is empty for the first line. */
export function linkOf(previous: string, line: string, sha256: Sha256): string {
  return sha256(`${previous}\n${line}`)
}
