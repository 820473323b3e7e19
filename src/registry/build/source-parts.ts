/**
 * Stores the part of each provider from the sources alone, before overrides. A change of an override starts from it, and a
 * build skips a part whose inputs are unchanged. If the history has a part with the same digest, only that is stored.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { type PartBody, partText } from '../../core/manifest/version.ts'
import type { Model, Provider } from '../../core/schema/model.ts'
import { hasPart, partByDigest, partDigest } from '../history/parts.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import { partInputs, sourceParts } from '../store/tables.ts'

export interface SourcePart {
  provider: Provider
  models: Model[]
}

/** By provider, the digest of all inputs that its part was built from. */
export function sourceInputs({ sql }: Database): Map<string, string> {
  return new Map(sql.exec('select provider, inputs from source_parts').raw<[string, string]>())
}

export function readSourcePart(db: Database, provider: string): SourcePart | undefined {
  const row = db.tables.select().from(sourceParts).where(eq(sourceParts.provider, provider)).get()
  if (!row) return undefined
  const text = row.body ? gunzipSync(row.body).toString() : partByDigest(db, row.digest)
  if (text === undefined) throw new Error(`Cannot read the part of "${provider}": no commit has ${row.digest}`)
  return JSON.parse(text) // written by `writeSourcePart` or by a commit
}

/** Call after the commit: if the commit contains the same part, its body is not stored again. */
export function writeSourcePart(db: Database, part: PartBody, inputs: string): void {
  const digest = partDigest(part)
  const body = hasPart(db, digest) ? null : gzipSync(partText(part))
  if (body && !fitsInRow(body))
    throw new Error(`Cannot store the part of "${part.value}": it exceeds the 2 MB of a row`)
  db.sql.exec(
    'insert or replace into source_parts (provider, inputs, digest, body) values (?, ?, ?, ?)',
    ...[part.value, inputs, digest, body],
  )
}

export function deleteSourcePart({ tables }: Database, provider: string): void {
  tables.delete(sourceParts).where(eq(sourceParts.provider, provider)).run()
  tables.delete(partInputs).where(eq(partInputs.provider, provider)).run()
}
