/**
 * Checks a complete restored history: its commits and their chain, the digests of parts that make up each root, and the
 * current content against its digests. Past parts are not hashed again: that would take as long as all commits together,
 * and each read verifies the digest.
 */

import { type PartDigests, rootText } from '../../core/manifest/version.ts'
import { checkCommits } from '../../core/records/check-commits.ts'
import { openRevisions, toVersionInfo } from '../history/history.ts'
import { bodiesOf } from '../history/part-bodies.ts'
import { openDigests, partDigest } from '../history/parts.ts'
import type { Database } from '../store/database.ts'
import { sha256 } from '../store/sha256.ts'
import { type CommitRow, versions } from '../store/tables.ts'

/** The first error. */
export function checkHistory(db: Database): string | undefined {
  const rows = db.tables.select().from(versions).orderBy(versions.seq).all()
  const [fault] = checkCommits(rows.map(toVersionInfo), sha256)
  return fault ?? checkReferences(db) ?? checkRoots(db, rows) ?? checkCurrent(db, rows.at(-1))
}

const IS_COMMIT = 'between 1 and (select count(*) from versions)'

/** Each query finds a row that contradicts other rows. */
const CONTRADICTIONS: Record<string, string> = {
  versions: `select 1 from (select override_id, lead(override_id) over (order by seq) as next from versions)
    where override_id > coalesce(next, (select max(id) from overrides), 0)`,
  entities: `select 1 from entities e where first_seq is not
      (select from_seq from revisions r where r.entity_id = e.id order by from_seq limit 1)
    or gone_seq is not
      (select to_seq from revisions r where r.entity_id = e.id order by from_seq desc limit 1)`,
  revisions: `select 1 from (select from_seq, to_seq,
      lead(from_seq) over (partition by entity_id order by from_seq) as next from revisions)
    where not from_seq ${IS_COMMIT} or not coalesce(to_seq, 1) ${IS_COMMIT}
      or (next is not null and coalesce(to_seq > next, true))`,
  parts: `select 1 from (select from_seq, to_seq,
      lead(from_seq) over (partition by provider order by from_seq) as next from parts)
    where not from_seq ${IS_COMMIT} or not coalesce(to_seq, 1) ${IS_COMMIT} or to_seq <= from_seq
      or (next is not null and coalesce(to_seq > next, true))`,
  source_parts: `select 1 from source_parts s where body is null
    and not exists (select 1 from parts p where p.digest = s.digest)`,
  pulls: `select 1 from pulls where seq is not null and not seq ${IS_COMMIT}`,
  accepted: 'select 1 from accepted where pull_id is not null and pull_id not in (select id from pulls)',
  holds: 'select 1 from holds where pull_id not in (select id from pulls)',
}

function checkReferences({ sql }: Database): string | undefined {
  const table = Object.keys(CONTRADICTIONS).find(
    (name) => sql.exec(`${CONTRADICTIONS[name]} limit 1`).toArray().length > 0,
  )
  return table && `a row of ${table} contradicts others`
}

/** Checks that the root of every commit follows from its digests. */
function checkRoots({ sql }: Database, rows: readonly CommitRow[]): string | undefined {
  const changes = sql
    .exec<{ seq: number; provider: string; digest: string | null }>(
      `select from_seq as seq, provider, digest from parts
        union all select to_seq, provider, null from parts p where to_seq is not null and not exists
          (select 1 from parts n where n.provider = p.provider and n.from_seq = p.to_seq)`,
    )
    .toArray()
  const bySeq = Map.groupBy(changes, ({ seq }) => seq)
  const digests: Record<string, string> = {}
  const wrong = rows.find(({ seq, root }) => {
    for (const { provider, digest } of bySeq.get(seq) ?? []) {
      if (digest === null) delete digests[provider]
      else digests[provider] = digest
    }
    return sha256(rootText(digests)) !== root
  })
  return wrong && `the digests of commit ${wrong.seq} do not match its root`
}

function checkCurrent(db: Database, newest: CommitRow | undefined): string | undefined {
  const parts = bodiesOf(openRevisions(db))
  const digests: PartDigests = Object.fromEntries(parts.map((part) => [part.value, partDigest(part)]))
  const wanted = openDigests(db)
  const wrong = Object.keys({ ...digests, ...wanted }).find((provider) => digests[provider] !== wanted[provider])
  if (wrong !== undefined) return `the revisions of "${wrong}" do not match the digest of its part`
  const models = parts.reduce((count, part) => count + part.models.length, 0)
  const isCounted = !newest || (newest.providers === parts.length && newest.models === models)
  return isCounted ? undefined : `the newest commit counts ${newest.models} models, but there are ${models}`
}
