/**
 * The one way into the memory. Compares a catalogue with the open revisions, closes what changed, opens the new and
 * writes the version row. Must run inside a transaction, and costs as much as the catalogue, not as the history.
 */

import { canonicalize } from '../../core/canonical.ts'
import type { Attribution } from '../../core/schema/history.ts'
import type { Catalogue } from '../../core/schema/model.ts'
import { chainOf, contentText, versionOf } from '../../core/version.ts'
import type { Cause } from '../../core/vocabulary.ts'
import {
  bodiesOfRevisions,
  firstRowWithEtag,
  newestRow,
  openRevisions,
  type StoredRevision,
  toTime,
} from '../history/history.ts'
import { batches } from '../store/batches.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import { sha256 } from '../store/sha256.ts'
import { type EntityKind, type VersionRow, versions } from '../store/tables.ts'

interface CommitContext {
  attribution: Attribution[]
  cause: Cause
  /** Unix milliseconds of the facts; a row never gets a time before or at that of the row before it. */
  at: number
  pullId?: number
}

/** The new row, or `undefined` when the catalogue equals the current one. */
export function commitCatalogue(
  db: Database,
  { catalogue, ...context }: CommitContext & { catalogue: Catalogue },
): VersionRow | undefined {
  return commitRevisions(db, { revisions: revisionsOf(catalogue), ...context })
}

/** The same for a catalogue that is stored already, whose bodies stay as they are. */
export function commitRevisions(
  db: Database,
  { revisions, ...input }: CommitContext & { revisions: NewRevision[] },
): VersionRow | undefined {
  const bodies = bodiesOfRevisions(revisions)
  const { version, etag } = versionOf(sha256(contentText(bodies)))
  const hex = etag.slice(1, -1)
  const previous = newestRow(db)
  if (previous?.etag === hex) return undefined

  const seq = (previous?.seq ?? 0) + 1
  const committedAt = Math.max(input.at, (previous?.committedAt ?? 0) + 1)
  const changes = compare(openRevisions(db), revisions)
  writeChanges(db, seq, changes)

  const first = firstRowWithEtag(db, hex)
  const models = (revisions: { kind: EntityKind }[]) => revisions.filter(({ kind }) => kind === 'model').length
  return db.tables
    .insert(versions)
    .values({
      seq,
      version,
      etag: hex,
      generatedAt: first?.generatedAt ?? committedAt,
      committedAt,
      previous: previous?.version,
      cause: input.cause,
      providers: bodies.providers.length,
      models: bodies.models.length,
      added: models(changes.added),
      removed: models(changes.removed),
      changed: models(changes.changed),
      attribution: first?.attribution ?? input.attribution,
      chain: chainOf(previous?.chain ?? '', { etag, seq, committedAt: toTime(committedAt) }, sha256),
      pullId: input.pullId,
    })
    .returning()
    .get()
}

/** An entity's key and canonical JSON. */
type NewRevision = Omit<StoredRevision, 'entityId'>

function revisionsOf({ models, providers }: Catalogue): NewRevision[] {
  return [
    ...models.map(
      (model): NewRevision => ({
        kind: 'model',
        provider: model.provider,
        value: model.value,
        body: canonicalize(model),
      }),
    ),
    ...providers.map(
      (provider): NewRevision => ({
        kind: 'provider',
        provider: provider.value,
        value: '',
        body: canonicalize(provider),
      }),
    ),
  ]
}

interface Changes {
  added: NewRevision[]
  removed: StoredRevision[]
  changed: (NewRevision & { entityId: number })[]
}

function compare(open: StoredRevision[], next: NewRevision[]): Changes {
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

// Neither a provider nor a value can hold a control character.
const keyOf = ({ kind, provider, value }: NewRevision): string => `${kind}\n${provider}\n${value}`

function writeChanges({ sql }: Database, seq: number, { added, removed, changed }: Changes): void {
  for (const { kind, provider, value, body } of [...added, ...changed])
    if (!fitsInRow(body))
      throw new Error(`Cannot store the ${kind} "${provider}/${value}": it exceeds the 2 MB of a row`)

  for (const ids of batches([...removed, ...changed].map(({ entityId }) => entityId)))
    sql.exec(
      'update revisions set to_seq = ? where to_seq is null and entity_id in (select value from json_each(?))',
      seq,
      ids,
    )
  for (const ids of batches(removed.map(({ entityId }) => entityId)))
    sql.exec('update entities set gone_seq = ? where id in (select value from json_each(?))', seq, ids)
  for (const keys of batches(added.map(({ kind, provider, value }) => [kind, provider, value])))
    sql.exec(
      `insert into entities (kind, provider, value, first_seq)
        select value ->> 0, value ->> 1, value ->> 2, ? from json_each(?) where true
        on conflict (kind, provider, value) do update set gone_seq = null`,
      seq,
      keys,
    )
  for (const rows of batches(
    [...added, ...changed].map(({ kind, provider, value, body }) => [kind, provider, value, body]),
  ))
    sql.exec(
      `insert into revisions (entity_id, from_seq, body)
        select e.id, ?, j.value ->> 3 from json_each(?) j cross join entities e
        where e.kind = j.value ->> 0 and e.provider = j.value ->> 1 and e.value = j.value ->> 2`,
      seq,
      rows,
    )
}
