/**
 * The parts of the catalogue at any commit: their digests from intervals, their bodies from revisions. A manifest is
 * joined from stored bodies without parsing one.
 */
import { type IndexedManifest, indexManifest } from '../../core/manifest/manifest-layout.ts'
import { type PartBody, type PartDigests, partText } from '../../core/manifest/version.ts'
import { compareModels } from '../../core/model-order.ts'
import type { Database } from '../store/database.ts'
import { sha256, sha256OfBytes } from '../store/sha256.ts'
import type { CommitRow } from '../store/tables.ts'
import { newestCommit, openRevisions, revisionsAt, type StoredRevision, toPointer } from './history.ts'

/** The digests of all current parts. */
export function openDigests({ sql }: Database): PartDigests {
  return digestsOf(sql.exec('select provider, digest from parts where to_seq is null'))
}

/** The digests of all parts at a commit. */
export function digestsAt({ sql }: Database, seq: number): PartDigests {
  return digestsOf(
    sql.exec('select provider, digest from parts where from_seq <= ?1 and (to_seq is null or to_seq > ?1)', seq),
  )
}

function digestsOf(cursor: SqlStorageCursor<Record<string, SqlStorageValue>>): PartDigests {
  return Object.fromEntries(cursor.raw<[string, string]>())
}

export function manifestAt(db: Database, row: CommitRow): IndexedManifest {
  const isNewest = newestCommit(db)?.seq === row.seq
  const parts = bodiesOf(isNewest ? openRevisions(db) : revisionsAt(db, row.seq))
  const { seq, version, etag, generatedAt } = toPointer(row)
  const head = { version, etag, generatedAt, attribution: row.attribution }
  const indexing = { seq, digests: digestsAt(db, seq), sha256: sha256OfBytes }
  return indexManifest(row.iqBasis === null ? head : { ...head, iqBasis: row.iqBasis }, parts, indexing)
}

/** The text of the part with a digest, if any commit ever had it. */
export function partByDigest(db: Database, digest: string): string | undefined {
  const found = db.sql
    .exec<{ provider: string; seq: number }>(
      'select provider, from_seq as seq from parts where digest = ? order by from_seq limit 1',
      digest,
    )
    .toArray()[0]
  if (!found) return undefined
  const [part] = bodiesOf(revisionsAt(db, found.seq, { providers: [found.provider] }))
  return part && partText(part)
}

/** Whether any commit ever had a part with this digest. */
export function hasPart({ sql }: Database, digest: string): boolean {
  return sql.exec('select 1 from parts where digest = ? limit 1', digest).toArray().length > 0
}

/** Memoized, because a commit and its sources often share the same part. */
const digests = new WeakMap<PartBody, string>()

export function partDigest(part: PartBody): string {
  const digest = digests.get(part) ?? sha256(partText(part))
  digests.set(part, digest)
  return digest
}

/** Groups bodies by provider, with the models of each in the order of a manifest. */
export function bodiesOf(revisions: readonly Omit<StoredRevision, 'entityId'>[]): PartBody[] {
  const bodies = new Map<string, { value: string; provider: string; models: { value: string; body: string }[] }>()
  for (const { kind, provider, body } of revisions)
    if (kind === 'provider') bodies.set(provider, { value: provider, provider: body, models: [] })
  // SQLite orders text by its UTF-8 bytes, which is not the order of UTF-16 code units.
  for (const { kind, provider, value, body } of revisions.toSorted(compareModels))
    if (kind === 'model') bodies.get(provider)?.models.push({ value, body })
  return [...bodies.values()]
}
