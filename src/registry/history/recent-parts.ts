/**
 * The parts of the last commits as bytes: a manifest of them is put together of some hundred values, where revisions are
 * thousands of rows. What they take does not grow with the history.
 */
import { concatenate } from '../../core/concatenate.ts'
import { bytesOfPart, type PartBytes } from '../../core/manifest/manifest-layout.ts'
import type { PartBody, PartDigests } from '../../core/manifest/version.ts'
import { type Database, fitsInRow } from '../store/database.ts'

/**
 * A month of days, and at most another one until what is older is deleted, for which each part is looked at. At 700 KB of
 * changed parts a day that is 40 MB beside the current ones.
 */
const KEPT_COMMITS = 30

/** Keeps the parts that a commit changed, and at times forgets those that no recent commit has. */
export function keepParts({ sql }: Database, seq: number, changed: readonly PartBody[], digests: PartDigests): void {
  for (const part of changed) {
    const { models, provider } = bytesOfPart(part)
    const body = concatenate([models, provider])
    const digest = digests[part.value]
    if (digest !== undefined && fitsInRow(body))
      sql.exec(
        'insert or ignore into part_bodies (digest, provider_bytes, body) values (?, ?, ?)',
        ...[digest, provider.byteLength, body],
      )
  }
  if (seq % KEPT_COMMITS > 0) return
  sql.exec(
    `delete from part_bodies where not exists
      (select 1 from parts p where p.digest = part_bodies.digest and (p.to_seq is null or p.to_seq > ?))`,
    seq - KEPT_COMMITS,
  )
}

/** Those of the parts at a commit that are kept, by provider. */
export function keptPartsAt({ sql }: Database, digests: PartDigests): Map<string, PartBytes> {
  const rows = sql.exec(
    `select j.key, b.provider_bytes, b.body from json_each(?) j cross join part_bodies b on b.digest = j.value`,
    JSON.stringify(digests),
  )
  const parts = new Map<string, PartBytes>()
  for (const [value, providerBytes, body] of rows.raw<[string, number, ArrayBuffer]>()) {
    const bytes = new Uint8Array(body)
    const end = bytes.byteLength - providerBytes
    parts.set(value, { value, models: bytes.subarray(0, end), provider: bytes.subarray(end) })
  }
  return parts
}
