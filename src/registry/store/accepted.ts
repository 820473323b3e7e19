/**
 * What was accepted last of each source, as it came: whole, or provider by provider where a source is judged so. It is
 * what the catalogue is built of, whatever becomes of the pulls that it came with.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { and, eq } from 'drizzle-orm'
import type { Totals } from '../../core/guard/totals.ts'
import type { SourceName } from '../../core/vocabulary.ts'
import { type Database, fitsInRow } from './database.ts'
import { accepted } from './tables.ts'

/** One provider's share of a source's reply; `provider` is empty for a source that is accepted whole. */
export interface Share {
  provider: string
  /** SHA-256 of the text. */
  digest: string
  /** JSON, as it came. */
  text: string
  /** The same as a value, where it is known. */
  json?: unknown
}

export interface AcceptedShare extends Share {
  /** The pull that it came with first; none where a backfill made it. */
  pullId: number | null
  /** What the guard must know of its rows while they do not change. */
  totals: Totals
}

/** The fastest level: a share is written far more often than it is read. */
const GZIP_LEVEL = 1

export type AcceptedSummary = Omit<AcceptedShare, 'text'>

/** Every share of a source, packed. */
export function listAccepted({ tables }: Database, source: SourceName): AcceptedSummary[] {
  const { provider, pullId, digest, totals } = accepted
  const columns = { provider, pullId, digest, totals }
  return tables.select(columns).from(accepted).where(eq(accepted.source, source)).all()
}

export function readAcceptedShare(
  { tables }: Database,
  source: SourceName,
  provider: string,
): AcceptedShare | undefined {
  const isIt = and(eq(accepted.source, source), eq(accepted.provider, provider))
  const row = tables.select().from(accepted).where(isIt).get()
  return row && unpack(row)
}

/** `false` if it is more than one row can hold. */
export function writeAccepted({ tables }: Database, source: SourceName, share: AcceptedShare): boolean {
  const { text, json: _, ...facts } = share
  const body = gzipSync(text, { level: GZIP_LEVEL })
  if (!fitsInRow(body)) return false
  const row = { source, ...facts, body }
  tables
    .insert(accepted)
    .values(row)
    .onConflictDoUpdate({ target: [accepted.source, accepted.provider], set: row })
    .run()
  return true
}

export function deleteAccepted({ tables }: Database, source: SourceName, provider: string): void {
  tables
    .delete(accepted)
    .where(and(eq(accepted.source, source), eq(accepted.provider, provider)))
    .run()
}

function unpack({ body, source: _, ...facts }: typeof accepted.$inferSelect): AcceptedShare {
  return { ...facts, text: gunzipSync(body).toString() }
}
