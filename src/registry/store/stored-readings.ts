/**
 * What accepted shares state, as it was read: a daily pull finds the object evicted, and most shares as they were. To parse
 * a reading takes a fraction of reading the share again with code that is not compiled yet. A cache: any row may be absent.
 */
import { BUILD_VERSION } from '../../core/build/part-inputs.ts'
import type { SourceName } from '../../core/vocabulary.ts'
import { type Database, fitsInRow } from './database.ts'

interface StoredShare {
  source: SourceName
  provider: string
  /** SHA-256 of the share's text. */
  digest: string
}

/** JSON; `undefined` where the share was not kept, or was read by other code. */
export function readStoredReading({ sql }: Database, { source, provider, digest }: StoredShare): string | undefined {
  const rows = sql.exec(
    'select body from readings where source = ? and provider = ? and digest = ? and build = ?',
    ...[source, provider, digest, BUILD_VERSION],
  )
  const [row] = rows.raw<[string]>()
  return row?.[0]
}

/** Replaces that of the provider's last share. One that does not fit into a row is not kept. */
export function storeReading({ sql }: Database, { source, provider, digest }: StoredShare, json: string): void {
  if (!fitsInRow(json)) return
  sql.exec(
    'insert or replace into readings (source, provider, digest, build, body) values (?, ?, ?, ?, ?)',
    ...[source, provider, digest, BUILD_VERSION, json],
  )
}
