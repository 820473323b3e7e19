/** What the guard holds: a whole pull, under an empty name, or one provider of a pull that was accepted otherwise. */
import { gunzipSync, gzipSync } from 'node:zlib'
import { and, eq } from 'drizzle-orm'
import type { HeldRows } from '../../core/guard/confirm-hold.ts'
import type { SourceName } from '../../core/vocabulary.ts'
import { type Database, fitsInRow } from './database.ts'
import { holds } from './tables.ts'

/** The name under which a whole pull is held. */
export const WHOLE = ''

export interface Hold extends HeldRows {
  provider: string
  /** The newest pull that showed the loss. */
  pullId: number
}

/** A hold without its rows. */
export type HoldSummary = Omit<Hold, 'rows'>

export function listHolds({ tables }: Database, source: SourceName): HoldSummary[] {
  const { provider, pullId, at, reasons } = holds
  return tables.select({ provider, pullId, at, reasons }).from(holds).where(eq(holds.source, source)).all()
}

export function readHold({ tables }: Database, source: SourceName, provider: string): Hold | undefined {
  const row = tables.select().from(holds).where(isOf(source, provider)).get()
  if (!row) return undefined
  return { ...row, rows: JSON.parse(gunzipSync(row.rows).toString()) } // written by `writeHold`
}

export function writeHold({ tables }: Database, source: SourceName, { rows, ...hold }: Hold): void {
  const packed = gzipSync(JSON.stringify(rows))
  if (!fitsInRow(packed)) throw new Error(`Cannot hold ${rows.length} rows of ${source}: they exceed the 2 MB of a row`)
  const row = { source, ...hold, reasons: [...hold.reasons], rows: packed }
  tables
    .insert(holds)
    .values(row)
    .onConflictDoUpdate({ target: [holds.source, holds.provider], set: row })
    .run()
}

export function deleteHold({ tables }: Database, source: SourceName, provider: string): void {
  tables.delete(holds).where(isOf(source, provider)).run()
}

const isOf = (source: SourceName, provider: string) => and(eq(holds.source, source), eq(holds.provider, provider))
