/**
 * All parts at a commit as bytes, to be put into a manifest. SQLite joins the bodies of each provider, in the order in
 * which an index has them: as rows, each would cross to JavaScript as a text, be sorted, joined and encoded again.
 */
import { bytesOfPart, type PartBytes } from '../../core/manifest/manifest-layout.ts'
import type { Database } from '../store/database.ts'
import type { EntityKind } from '../store/tables.ts'
import { REVISION_AT, revisionsAt } from './history.ts'
import { bodiesOf } from './part-bodies.ts'

export function partBytesAt(db: Database, seq: number): PartBytes[] {
  const joined = joinBodies(db, seq)
  if (!joined) return bodiesOf(revisionsAt(db, seq)).map(bytesOfPart)
  const providers = providersInOtherOrder(db)
  const sorted = providers.length > 0 ? bodiesOf(revisionsAt(db, seq, { providers })) : []
  for (const part of sorted) joined.set(part.value, bytesOfPart(part))
  return [...joined.values()]
}

/** `undefined` where a provider is more than a value of SQLite can hold. */
function joinBodies({ sql }: Database, seq: number): Map<string, PartBytes> | undefined {
  const parts = new Map<string, PartBytes>()
  try {
    const rows = sql.exec(
      `select e.kind, e.provider, cast(group_concat(r.body) as blob)
        from (select * from entities indexed by entities_key order by kind, provider, value) e ${REVISION_AT}
        group by e.kind, e.provider`,
      seq,
    )
    for (const [kind, value, body] of rows.raw<[EntityKind, string, ArrayBuffer]>()) {
      const part = parts.get(value) ?? { value, provider: NONE, models: NONE }
      parts.set(value, { ...part, [kind === 'model' ? 'models' : 'provider']: new Uint8Array(body) })
    }
  } catch (error) {
    if (isTooBig(error)) return undefined
    throw error
  }
  return parts
}

const NONE = new Uint8Array()

/** Values are limited to 2 MB in production only. */
const isTooBig = (error: unknown): boolean => error instanceof Error && error.message.includes('SQLITE_TOOBIG')

/** SQLite orders text by its UTF-8 bytes, which for ids in ASCII only is the order of UTF-16 code units. */
function providersInOtherOrder({ sql }: Database): string[] {
  const rows = sql.exec(
    `select distinct provider from entities indexed by entities_beyond_ascii where octet_length(value) > length(value)`,
  )
  return Array.from(rows.raw<[string]>(), ([provider]) => provider)
}
