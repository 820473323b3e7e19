/**
 * The diff of two commits, from the intervals: only revisions that began or ended between them are read. Commits that are
 * far apart, between which most entities changed, are compared as a whole. The diff of a commit against the one before it
 * is requested most often, so it is stored.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { changesBetween } from '../../core/diff/change.ts'
import { diffCatalogues } from '../../core/diff/diff.ts'
import { type DiffFilter, filterDiff } from '../../core/diff/filter.ts'
import { compareModels, keyOf } from '../../core/model-order.ts'
import type { CatalogueDiff, Change, Diff } from '../../core/schema/history.ts'
import type { Catalogue, Model, ModelKey } from '../../core/schema/model.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import { type CommitRow, diffs } from '../store/tables.ts'
import { newestCommit, revisionsAt, rowBySeq, type StoredRevision, toVersionInfo } from './history.ts'
import { digestsAt } from './parts.ts'

/** A Diff as JSON; `undefined` if one of the commits does not exist. */
export function diffText(db: Database, fromSeq: number, toSeq: number, filter: DiffFilter): string | undefined {
  const from = rowBySeq(db, fromSeq)
  const to = rowBySeq(db, toSeq)
  if (!from || !to) return undefined
  const head = JSON.stringify({ from: toVersionInfo(from), to: toVersionInfo(to) })
  const whole = toSeq === fromSeq + 1 ? neighbourText(db, toSeq) : JSON.stringify(compareRows(db, from, to))
  const isFiltered = Object.values(filter).some((part) => part !== undefined)
  const body = isFiltered ? JSON.stringify(filterText(db, fromSeq, toSeq, whole, filter)) : whole
  return `${head.slice(0, -1)},${body.slice(1)}`
}

export function diffCommits(db: Database, fromSeq: number, toSeq: number): Diff | undefined {
  const text = diffText(db, fromSeq, toSeq, {})
  return text === undefined ? undefined : JSON.parse(text)
}

/** The diff from a commit to the newest one. */
export function diffSince(db: Database, from: CommitRow | undefined): { diff?: Diff } {
  const to = newestCommit(db)
  const diff = from && to && diffCommits(db, from.seq, to.seq)
  return diff ? { diff } : {}
}

/** A model with the changes of its prices. */
export type ChangedPrices = ModelKey & { changes: Change[] }

/** Canonical JSON escapes quotes in texts, so only a key can contain this. */
const FIRST_PARTY = '"firstParty":true'

/**
 * The prices that changed from one commit to a later one, of models that exist at both and are first-party at either:
 * what a whole diff has of them, without reading the rest. `undefined` if one of the commits does not exist.
 */
export function changedPrices(db: Database, fromSeq: number, toSeq: number): ChangedPrices[] | undefined {
  if (!rowBySeq(db, fromSeq) || !rowBySeq(db, toSeq)) return undefined
  const rows = db.sql.exec(
    `select e.provider, e.value, old.body -> '$.pricing', new.body -> '$.pricing'
      from revisions new indexed by revisions_from_seq
      cross join revisions old on old.id =
        (select id from revisions indexed by revisions_from
          where entity_id = new.entity_id and from_seq <= ?1 order by from_seq desc limit 1)
      cross join entities e on e.id = new.entity_id
      where new.from_seq > ?1 and new.from_seq <= ?2 and (+new.to_seq is null or +new.to_seq > ?2)
        and +old.to_seq > ?1 and e.kind = 'model' and (instr(new.body, ?3) > 0 or instr(old.body, ?3) > 0)
        and old.body -> '$.pricing' is not new.body -> '$.pricing'`,
    ...[fromSeq, toSeq, FIRST_PARTY],
  )
  const parsed = (text: string | null): object => (text === null ? {} : { pricing: JSON.parse(text) })
  return Array.from(rows.raw<[string, string, string | null, string | null]>(), ([provider, value, before, after]) => ({
    ...{ provider, value },
    changes: changesBetween(parsed(before), parsed(after)),
  })).sort(compareModels)
}

/** The providers that existed at either of two commits. */
export function providersBetween(db: Database, fromSeq: number, toSeq: number): string[] {
  return Object.keys({ ...digestsAt(db, fromSeq), ...digestsAt(db, toSeq) })
}

/** The diff of a commit against the one before it. Stored when it is first computed. */
export function neighbourText(db: Database, seq: number): string {
  const known = db.tables.select().from(diffs).where(eq(diffs.seq, seq)).get()
  if (known) return gunzipSync(known.body).toString()
  const text = JSON.stringify(compareRows(db, requireCommit(db, seq - 1), requireCommit(db, seq)))
  const body = gzipSync(text)
  if (fitsInRow(body)) db.tables.insert(diffs).values({ seq, body }).onConflictDoNothing().run()
  return text
}

function filterText(db: Database, fromSeq: number, toSeq: number, whole: string, filter: DiffFilter): CatalogueDiff {
  const firstParties = filter.firstParty === undefined ? undefined : firstPartiesOf(db, fromSeq, toSeq)
  return filterDiff(JSON.parse(whole), filter, firstParties)
}

/** The keys of models that changed between two commits and are first-party in either. */
function firstPartiesOf(db: Database, fromSeq: number, toSeq: number): Set<string> {
  const only = touchedBetween(db, fromSeq, toSeq)
  const revisions = [...revisionsAt(db, fromSeq, only), ...revisionsAt(db, toSeq, only)]
  const models: Model[] = revisions.filter(({ kind }) => kind === 'model').map(({ body }) => JSON.parse(body))
  return new Set(models.filter(({ firstParty }) => firstParty).map(keyOf))
}

function requireCommit(db: Database, seq: number): CommitRow {
  const row = rowBySeq(db, seq)
  if (!row) throw new Error(`Cannot compare commit ${seq}: no such commit`)
  return row
}

function compareRows(db: Database, from: CommitRow, to: CommitRow): CatalogueDiff {
  const only = touchedBetween(db, from.seq, to.seq)
  const [before, after] = withoutEqual(revisionsAt(db, from.seq, only), revisionsAt(db, to.seq, only))
  return diffCatalogues(before, after, { from: from.iqScale, to: to.iqScale })
}

function touchedBetween(db: Database, fromSeq: number, toSeq: number): { entityIds: number[] } | undefined {
  const touched = touchedEntities(db, Math.min(fromSeq, toSeq), Math.max(fromSeq, toSeq))
  return touched && { entityIds: touched }
}

/** The entities with a revision that began or ended after commit `low` and up to commit `high`; `undefined` for all. */
function touchedEntities({ sql }: Database, low: number, high: number): number[] | undefined {
  const { changes, models } = sql
    .exec<{ changes: number; models: number }>(
      'select total(added + removed + changed) as changes, max(models) as models from versions where seq > ? and seq <= ?',
      low,
      high,
    )
    .one()
  if (changes > models) return undefined
  const rows = sql
    .exec(
      `select entity_id from revisions where from_seq > ?1 and from_seq <= ?2
        union select entity_id from revisions where to_seq > ?1 and to_seq <= ?2`,
      low,
      high,
    )
    .raw<[number]>()
  return Array.from(rows, ([id]) => id)
}

/** Even between commits that are far apart, most bodies are the same text and need not be parsed. */
function withoutEqual(before: StoredRevision[], after: StoredRevision[]): [Catalogue, Catalogue] {
  const bodies = new Map(before.map(({ entityId, body }) => [entityId, body]))
  const equal = new Set(
    after.filter(({ entityId, body }) => bodies.get(entityId) === body).map(({ entityId }) => entityId),
  )
  const parse = (revisions: StoredRevision[]) =>
    parseCatalogue(revisions.filter(({ entityId }) => !equal.has(entityId)))
  return [parse(before), parse(after)]
}

function parseCatalogue(revisions: StoredRevision[]): Catalogue {
  const catalogue: Catalogue = { providers: [], models: [] }
  // Bodies were validated when they were built, so the kind of a revision decides the type of its JSON.
  for (const { kind, body } of revisions) {
    if (kind === 'model') catalogue.models.push(JSON.parse(body))
    else catalogue.providers.push(JSON.parse(body))
  }
  return catalogue
}
