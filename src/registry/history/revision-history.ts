/**
 * The revisions of one model or provider, newest first, as of a commit. With `only`, revisions that differ only in other
 * kinds of change are merged into the one before them, so that a price history is free of the daily noise of speed.
 */
import { changesBetween } from '../../core/diff/change.ts'
import { type ChangeGroup, keepGroups } from '../../core/diff/filter.ts'
import type { Change, VersionInfo } from '../../core/schema/history.ts'
import type { Database } from '../store/database.ts'
import type { EntityKind } from '../store/tables.ts'
import { rowBySeq, toVersionInfo } from './history.ts'

export interface HistoryQuery {
  kind: EntityKind
  provider: string
  /** Empty for a provider. */
  value: string
  limit: number
  only?: ChangeGroup[]
  /** Ignore everything after this commit. */
  asOf: number
}

export interface EntityHistory {
  provider: string
  /** Absent for a provider. */
  value?: string
  revisions: EntityRevision[]
}

/** The facts are under the name of the kind, and absent while the entity was removed. */
type EntityRevision = { from: VersionInfo; to?: VersionInfo; changes: Change[] } & { [Kind in EntityKind]?: object }

/** A state of the entity since a commit; `facts` are absent while it was removed. */
interface Period {
  from: number
  facts?: object
  changes: Change[]
}

/** `undefined` if the entity did not exist up to the commit. */
export function historyOfEntity(db: Database, query: HistoryQuery): EntityHistory | undefined {
  const periods = periodsOf(db, query)
  if (periods.length === 0) return undefined
  const infos = new Map<number, VersionInfo>()
  const infoOf = (seq: number): VersionInfo => {
    const row = infos.has(seq) ? undefined : rowBySeq(db, seq)
    if (row) infos.set(seq, toVersionInfo(row))
    const info = infos.get(seq)
    if (!info)
      throw new Error(`Cannot read the history of "${query.provider}/${query.value}": commit ${seq} is missing`)
    return info
  }
  const { kind, provider, value, limit } = query
  const newestFirst = periods.map((period, index) => ({ period, next: periods[index + 1] })).reverse()
  const revisions = newestFirst.slice(0, limit).map(({ period: { from, facts, changes }, next }) => ({
    from: infoOf(from),
    ...(next && { to: infoOf(next.from) }),
    changes,
    ...(facts && { [kind]: facts }),
  }))
  return { provider, ...(kind === 'model' && { value }), revisions }
}

function periodsOf(db: Database, query: HistoryQuery): Period[] {
  const periods: Period[] = []
  let known: object | undefined
  let end: number | undefined
  for (const { fromSeq, toSeq, facts } of readRevisions(db, query)) {
    if (end !== undefined && end < fromSeq) periods.push({ from: end, changes: [] })
    const returned = periods.at(-1)?.facts === undefined
    const changes = known ? keepGroups(changesBetween(known, facts), query.only) : []
    if (returned || changes.length > 0) periods.push({ from: fromSeq, facts, changes })
    known = facts
    end = toSeq
  }
  if (end !== undefined) periods.push({ from: end, changes: [] })
  return periods
}

/** In SQLite, a `limit` of -1 means every row. */
const NO_LIMIT = -1

/**
 * Oldest first. Unless `only` merges revisions, each one is a separate period, so it is enough to read the newest `limit`
 * revisions and the one before them, which the oldest of them is compared with.
 */
function readRevisions({ sql }: Database, { kind, provider, value, asOf, only, limit }: HistoryQuery) {
  const rows = sql
    .exec(
      `select r.from_seq, case when r.to_seq <= ?4 then r.to_seq end, r.body
        from entities e join revisions r on r.entity_id = e.id
        where e.kind = ?1 and e.provider = ?2 and e.value = ?3 and r.from_seq <= ?4
        order by r.from_seq desc limit ?5`,
      kind,
      provider,
      value,
      asOf,
      only ? NO_LIMIT : limit + 1,
    )
    .raw<[number, number | null, string]>()
  return Array.from(rows)
    .reverse()
    .map(([fromSeq, toSeq, body]) => ({
      fromSeq,
      toSeq: toSeq ?? undefined,
      facts: JSON.parse(body) as object, // canonical JSON of an entity
    }))
}
