/**
 * All parts at a commit as bytes, to be put into a manifest. SQLite joins the bodies of each provider, in the order in
 * which an index has them: as rows, each would cross to JavaScript as a text, be sorted, joined and encoded again.
 */
import { bytesOfPart, type PartBytes } from '../../core/manifest/manifest-layout.ts'
import type { PartDigests } from '../../core/manifest/version.ts'
import type { Database } from '../store/database.ts'
import type { EntityKind } from '../store/tables.ts'
import { REVISION_AT, revisionsAt } from './history.ts'
import { bodiesOf } from './part-bodies.ts'
import { keptPartsAt } from './recent-parts.ts'

export function partBytesAt(db: Database, seq: number, digests: PartDigests): PartBytes[] {
  const kept = keptPartsAt(db, digests)
  const missing = Object.keys(digests).filter((provider) => !kept.has(provider))
  return [...kept.values(), ...(missing.length > 0 ? joinParts(db, seq, missing) : [])]
}

function joinParts(db: Database, seq: number, providers: readonly string[]): PartBytes[] {
  const joined = joinBodies(db, seq, providers)
  const inOtherOrder = providersInOtherOrder(db)
  const sorted = joined ? providers.filter((provider) => inOtherOrder.has(provider)) : providers
  const parts = sorted.length > 0 ? bodiesOf(revisionsAt(db, seq, { providers: sorted })).map(bytesOfPart) : []
  return [...new Map([...(joined ?? []), ...parts].map((part) => [part.value, part])).values()]
}

/** `undefined` where a provider is more than a value of SQLite can hold. */
function joinBodies({ sql }: Database, seq: number, providers: readonly string[]): PartBytes[] | undefined {
  const parts = new Map<string, PartBytes>()
  try {
    const rows = sql.exec(
      `select e.kind, e.provider, cast(group_concat(r.body) as blob)
        from (select * from entities indexed by entities_key
          where +provider in (select value from json_each(?2)) order by kind, provider, value) e ${REVISION_AT}
        group by e.kind, e.provider`,
      seq,
      JSON.stringify(providers),
    )
    for (const [kind, value, body] of rows.raw<[EntityKind, string, ArrayBuffer]>()) {
      const part = parts.get(value) ?? { value, provider: NONE, models: NONE }
      parts.set(value, { ...part, [kind === 'model' ? 'models' : 'provider']: new Uint8Array(body) })
    }
  } catch (error) {
    if (isTooBig(error)) return undefined
    throw error
  }
  return [...parts.values()]
}

const NONE = new Uint8Array()

/** Values are limited to 2 MB in production only. */
const isTooBig = (error: unknown): boolean => error instanceof Error && error.message.includes('SQLITE_TOOBIG')

/** SQLite orders text by its UTF-8 bytes, which for ids in ASCII only is the order of UTF-16 code units. */
function providersInOtherOrder({ sql }: Database): ReadonlySet<string> {
  const rows = sql.exec(
    `select distinct provider from entities indexed by entities_beyond_ascii where octet_length(value) > length(value)`,
  )
  return new Set(Array.from(rows.raw<[string]>(), ([provider]) => provider))
}
