/**
 * The facts of each source that were accepted last, as received: whole, or by provider for sources that are judged by
 * provider. The catalogue is built from them, independently of the pulls that they came from.
 */
import { gunzipSync } from 'node:zlib'
import { and, eq } from 'drizzle-orm'
import type { Totals } from '../../core/guard/totals.ts'
import type { SourceName } from '../../core/vocabulary.ts'
import { type Database, fitsInRow } from './database.ts'
import { type PackedShare, packText } from './payload.ts'
import { sha256 } from './sha256.ts'
import { accepted } from './tables.ts'

/** One provider's share of a source's reply. `provider` is empty for a source that is judged as a whole. */
export interface Share {
  provider: string
  /** SHA-256 of the text. */
  digest: string
  /** JSON, as received. */
  text: string
  /** The parsed text, if it is already parsed. */
  json?: unknown
  /** The text as gzip, if it is already compressed. */
  packed?: Uint8Array
}

export function shareOf(provider: string, json: unknown): Share {
  const text = JSON.stringify(json)
  return { provider, digest: sha256(text), text, json }
}

export interface AcceptedShare extends Share {
  /** The first pull that contained it; null if it is from a backfill. */
  pullId: number | null
  /** The totals that the guard uses while the rows do not change. */
  totals: Totals
}

export type AcceptedSummary = Pick<AcceptedShare, 'provider' | 'digest' | 'totals'>

export function hasAccepted({ sql }: Database, source: SourceName): boolean {
  return sql.exec('select 1 from accepted where source = ? limit 1', source).toArray().length > 0
}

/** Every share of a source, without its content. */
export function listAccepted({ sql }: Database, source: SourceName): AcceptedSummary[] {
  const rows = sql.exec('select provider, digest, totals from accepted where source = ?', source)
  // Written by `writeAccepted`, or validated by a restore.
  return Array.from(rows.raw<[string, string, string]>(), ([provider, digest, totals]) => ({
    ...{ provider, digest },
    totals: JSON.parse(totals),
  }))
}

/** Compresses the shares. For a share that equals the accepted one, the stored bytes are reused. */
export function packShares({ sql }: Database, source: SourceName, shares: readonly Share[]): (Share & PackedShare)[] {
  const rows = sql.exec('select provider, digest, body from accepted where source = ?', source)
  const known = new Map(
    Array.from(rows.raw<[string, string, ArrayBuffer]>(), ([provider, ...share]) => [provider, share] as const),
  )
  return shares.map((share) => {
    const [digest, body] = known.get(share.provider) ?? []
    return { ...share, packed: body && digest === share.digest ? new Uint8Array(body) : packText(share.text) }
  })
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

/** Returns `false` if the share is too large for one row. */
export function writeAccepted({ sql }: Database, source: SourceName, share: AcceptedShare): boolean {
  const { provider, pullId, digest, totals, text, packed: body = packText(text) } = share
  if (!fitsInRow(body)) return false
  sql.exec(
    'insert or replace into accepted (source, provider, pull_id, digest, totals, body) values (?, ?, ?, ?, ?, ?)',
    ...[source, provider, pullId, digest, JSON.stringify(totals), body],
  )
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
