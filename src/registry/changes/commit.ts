/**
 * The only writer of the history. Compares the parts that may have changed with the open revisions, closes those that
 * changed, opens new ones and writes the commit. Must run inside a transaction; the cost is proportional to those parts.
 */

import { chainOf, type PartBody, type PartDigests, rootText, versionOf } from '../../core/manifest/version.ts'
import type { Attribution } from '../../core/schema/history.ts'
import type { Cause, IqBasis } from '../../core/vocabulary.ts'
import { firstCommitWithRoot, newestCommit, openRevisions, type StoredRevision, toTime } from '../history/history.ts'
import { openDigests, partDigest } from '../history/parts.ts'
import { keepParts } from '../history/recent-parts.ts'
import { batches } from '../store/batches.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import { newestOverrideId } from '../store/override-record.ts'
import { sha256 } from '../store/sha256.ts'
import { type CommitRow, type EntityKind, versions } from '../store/tables.ts'

export interface CommitContext {
  attribution: Attribution[]
  iqBasis?: IqBasis
  /** The current scale of the scores, even if the same content was first committed on another scale. */
  iqScale?: string
  cause: Cause
  /** The time of the facts, in Unix milliseconds. A commit always gets a later time than the commit before it. */
  at: number
  /** When it is written, in Unix milliseconds, if that is not the time of its facts. */
  recordedAt?: number
  pullId?: number
  /** Commits even if the content is the current one. */
  isForced?: boolean
}

/** The parts that may differ from the current content; all others are kept. */
export interface ChangedParts {
  parts: readonly PartBody[]
  /** The values of removed providers. */
  removed: readonly string[]
}

/** The new commit, or `undefined` if the content equals the current one and the commit is not forced. */
export function commitParts(db: Database, given: ChangedParts, context: CommitContext): CommitRow | undefined {
  const previous = newestCommit(db)
  const current = openDigests(db)
  const { digests, changed } = compareDigests(current, given)
  const root = sha256(rootText(digests))
  if (previous?.root === root && !context.isForced) return undefined

  const seq = (previous?.seq ?? 0) + 1
  const committedAt = Math.max(context.at, (previous?.committedAt ?? 0) + 1)
  const { recordedAt } = context
  const values = [...changed.map(({ value }) => value), ...given.removed]
  const changes = compareRevisions(openRevisions(db, values), changed.flatMap(revisionsOf))
  writeDigests(db, seq, digests, values)
  writeRevisions(db, seq, changes)
  keepParts(db, seq, changed, digests)

  const first = firstCommitWithRoot(db, root)
  const counts = {
    added: modelsIn(changes.added),
    removed: modelsIn(changes.removed),
    changed: modelsIn(changes.changed),
  }
  const link = { root, seq, committedAt: toTime(committedAt) }
  const recorded = recordedAt === undefined ? link : { ...link, recordedAt: toTime(recordedAt) }
  return db.tables
    .insert(versions)
    .values({
      seq,
      version: versionOf(root).version,
      root,
      generatedAt: first?.generatedAt ?? committedAt,
      committedAt,
      recordedAt,
      previous: previous?.version,
      cause: context.cause,
      providers: Object.keys(digests).length,
      models: (previous?.models ?? 0) + counts.added - counts.removed,
      ...counts,
      attribution: first?.attribution ?? context.attribution,
      iqBasis: first ? first.iqBasis : context.iqBasis,
      iqScale: context.iqScale,
      chain: chainOf(previous?.chain ?? '', recorded, sha256),
      pullId: context.pullId,
      overrideId: newestOverrideId(db),
    })
    .returning()
    .get()
}

function compareDigests(
  current: PartDigests,
  { parts, removed }: ChangedParts,
): { digests: PartDigests; changed: PartBody[] } {
  const digests = new Map(Object.entries(current))
  for (const value of removed) digests.delete(value)
  const changed = parts.filter((part) => {
    const digest = partDigest(part)
    const isSame = digests.get(part.value) === digest
    digests.set(part.value, digest)
    return !isSame
  })
  return { digests: Object.fromEntries(digests), changed }
}

/** An entity's key and canonical JSON. */
type NewRevision = Omit<StoredRevision, 'entityId'>

function revisionsOf({ value, provider, models }: PartBody): NewRevision[] {
  return [
    { kind: 'provider', provider: value, value: '', body: provider },
    ...models.map((model): NewRevision => ({ kind: 'model', provider: value, ...model })),
  ]
}

interface Changes {
  added: NewRevision[]
  removed: StoredRevision[]
  changed: StoredRevision[]
}

const modelsIn = (revisions: readonly { kind: EntityKind }[]): number =>
  revisions.filter(({ kind }) => kind === 'model').length

function compareRevisions(open: StoredRevision[], next: NewRevision[]): Changes {
  const before = new Map(open.map((revision) => [keyOf(revision), revision]))
  const changes: Changes = { added: [], removed: [], changed: [] }
  for (const revision of next) {
    const known = before.get(keyOf(revision))
    before.delete(keyOf(revision))
    if (!known) changes.added.push(revision)
    else if (known.body !== revision.body) changes.changed.push({ ...revision, entityId: known.entityId })
  }
  changes.removed.push(...before.values())
  return changes
}

// Neither a provider nor a value can contain a control character.
const keyOf = ({ kind, provider, value }: Omit<NewRevision, 'body'>): string => `${kind}\n${provider}\n${value}`

/** Closes the intervals of the parts that may have changed, and opens those of their new digests. */
function writeDigests({ sql }: Database, seq: number, digests: PartDigests, values: readonly string[]): void {
  const rows = values.map((value): [string, string | null] => [value, digests[value] ?? null])
  for (const batch of batches(rows)) {
    sql.exec(
      'update parts set to_seq = ? where to_seq is null and provider in (select value ->> 0 from json_each(?))',
      seq,
      batch,
    )
    sql.exec(
      `insert into parts (provider, from_seq, digest)
        select value ->> 0, ?, value ->> 1 from json_each(?) where value ->> 1 is not null`,
      seq,
      batch,
    )
  }
}

function writeRevisions({ sql }: Database, seq: number, { added, removed, changed }: Changes): void {
  for (const { kind, provider, value, body } of [...added, ...changed])
    if (!fitsInRow(body))
      throw new Error(`Cannot store the ${kind} "${provider}/${value}": it exceeds the 2 MB of a row`)

  // Selects by row id. Selecting by `to_seq is null` alone would read every open revision.
  for (const ids of batches([...removed, ...changed].map(({ entityId }) => entityId)))
    sql.exec(
      `update revisions set to_seq = ? where id in (
        select r.id from json_each(?) j cross join revisions r where r.entity_id = j.value and r.to_seq is null)`,
      seq,
      ids,
    )
  for (const ids of batches(removed.map(({ entityId }) => entityId)))
    sql.exec('update entities set gone_seq = ? where id in (select value from json_each(?))', seq, ids)
  insertBodies(sql, seq, [...changed, ...insertEntities(sql, seq, added)])
}

/** Inserts entities that are new, and reopens those that have returned. */
function insertEntities(sql: SqlStorage, seq: number, added: readonly NewRevision[]): StoredRevision[] {
  const ids = new Map<string, number>()
  for (const keys of batches(added.map(({ kind, provider, value }) => [kind, provider, value]))) {
    const rows = sql.exec(
      `insert into entities (kind, provider, value, first_seq)
        select value ->> 0, value ->> 1, value ->> 2, ? from json_each(?) where true
        on conflict (kind, provider, value) do update set gone_seq = null returning id, kind, provider, value`,
      seq,
      keys,
    )
    for (const [id, kind, provider, value] of rows.raw<[number, EntityKind, string, string]>())
      ids.set(keyOf({ kind, provider, value }), id)
  }
  return added.map((revision) => ({ ...revision, entityId: ids.get(keyOf(revision)) ?? 0 }))
}

/** A statement takes at most 100 parameters: `seq`, and two for each body. */
const BODIES_PER_STATEMENT = 49

/** Bodies are bound as parameters. In a JSON list, every quote in them would be escaped here and unescaped by SQLite. */
function insertBodies(sql: SqlStorage, seq: number, revisions: readonly StoredRevision[]): void {
  for (let start = 0; start < revisions.length; start += BODIES_PER_STATEMENT) {
    const rows = revisions.slice(start, start + BODIES_PER_STATEMENT)
    const values = rows.map((_, at) => `(?${2 * at + 2}, ?1, ?${2 * at + 3})`)
    sql.exec(
      `insert into revisions (entity_id, from_seq, body) values ${values.join(', ')}`,
      ...[seq, ...rows.flatMap(({ entityId, body }) => [entityId, body])],
    )
  }
}
