/**
 * The parts of the catalogue at any commit: their digests from intervals, their bodies from revisions. A manifest is
 * joined from stored bodies without parsing one.
 */
import { type IndexedManifest, indexParts } from '../../core/manifest/manifest-layout.ts'
import { type PartBody, type PartDigests, partText } from '../../core/manifest/version.ts'
import type { Database } from '../store/database.ts'
import { sha256, sha256OfBytes } from '../store/sha256.ts'
import type { CommitRow } from '../store/tables.ts'
import { revisionsAt, toPointer } from './history.ts'
import { bodiesOf } from './part-bodies.ts'
import { partBytesAt } from './part-bytes.ts'

/** The digests of all current parts. */
export function openDigests({ sql }: Database): PartDigests {
  return digestsOf(sql.exec('select provider, digest from parts where to_seq is null'))
}

/** The digests of all parts at a commit: for each provider that existed then, the last one from before. */
export function digestsAt({ sql }: Database, seq: number): PartDigests {
  return digestsOf(
    sql.exec(
      `select e.provider, p.digest from entities e cross join parts p on p.provider = e.provider and p.from_seq =
          (select max(from_seq) from parts where provider = e.provider and from_seq <= ?1)
        where e.kind = 'provider' and e.first_seq <= ?1 and (e.gone_seq is null or e.gone_seq > ?1)
          and (+p.to_seq is null or +p.to_seq > ?1)`,
      seq,
    ),
  )
}

function digestsOf(cursor: SqlStorageCursor<Record<string, SqlStorageValue>>): PartDigests {
  return Object.fromEntries(cursor.raw<[string, string]>())
}

export function manifestAt(db: Database, row: CommitRow): IndexedManifest {
  const { seq, version, etag, generatedAt } = toPointer(row)
  const head = { version, etag, generatedAt, attribution: row.attribution }
  const sha256 = (bytes: Uint8Array): string => manifestDigest(db, seq, bytes)
  const digests = digestsAt(db, seq)
  const parts = partBytesAt(db, seq, digests)
  return indexParts(row.iqBasis === null ? head : { ...head, iqBasis: row.iqBasis }, parts, { seq, digests, sha256 })
}

/** Hashing some megabytes takes longer than to send them. */
function manifestDigest({ sql }: Database, seq: number, bytes: Uint8Array): string {
  const [known] = sql.exec('select digest from manifest_digests where seq = ?', seq).raw<[string]>()
  if (known) return known[0]
  const digest = sha256OfBytes(bytes)
  sql.exec('insert into manifest_digests (seq, digest) values (?, ?)', seq, digest)
  return digest
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
