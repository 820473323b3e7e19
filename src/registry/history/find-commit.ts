/** Finds the commit that a selector means: the first commit of a version, or the commit that was current at a moment. */
import { and, asc, desc, gte, lt, lte } from 'drizzle-orm'
import { fail, ok, type Result } from '../../core/failure.ts'
import type { VersionInfo } from '../../core/schema/history.ts'
import type { Resolved, Selector } from '../../core/selector.ts'
import type { Database } from '../store/database.ts'
import { type CommitRow, versions } from '../store/tables.ts'
import { firstCommitWithRoot, newestCommit, toPointer, toTime, toVersionInfo } from './history.ts'

export function findCommit(db: Database, selector: Selector): Result<CommitRow> {
  return selector.by === 'version' ? findCommitByVersion(db, selector.hex) : findCommitAt(db, selector.time)
}

export function findVersion(db: Database, selector: Selector): Result<VersionInfo> {
  const found = findCommit(db, selector)
  return found.ok ? ok(toVersionInfo(found.value)) : found
}

/** The commit as a pointer. It is final if no later commit can change the result. */
export function resolveCommit(db: Database, selector: Selector): Result<Resolved> {
  const found = findCommit(db, selector)
  if (!found.ok) return found
  const newest = newestCommit(db) ?? found.value
  const isFinal = selector.by === 'version' || selector.time <= newest.committedAt
  return ok({ pointer: toPointer(found.value), isFinal })
}

function findCommitByVersion(db: Database, hex: string): Result<CommitRow> {
  // 'g' sorts after every hex digit, so the range holds exactly the roots that start with these digits.
  const inRange = and(gte(versions.root, hex), lt(versions.root, `${hex}g`))
  const roots = db.tables
    .selectDistinct({ root: versions.root, version: versions.version })
    .from(versions)
    .where(inRange)
    .all()
  if (roots.length > 1) {
    const detail = `Cannot resolve version "${nameOf(hex)}": it is ambiguous, ${roots.length} versions start with it`
    return fail({ code: 'ambiguous-version', detail, versions: roots.map((match) => match.version) })
  }
  const row = roots[0] && firstCommitWithRoot(db, roots[0].root)
  return row ? ok(row) : fail({ code: 'not-found', detail: `Cannot read version "${nameOf(hex)}": no such version` })
}

const VERSION_DIGITS = 12

/** More digits than a version has are those of an etag. */
const nameOf = (hex: string): string => (hex.length > VERSION_DIGITS ? hex : `v1.${hex}`)

function findCommitAt({ tables }: Database, time: number): Result<CommitRow> {
  const row = tables
    .select()
    .from(versions)
    .where(lte(versions.committedAt, time))
    .orderBy(desc(versions.committedAt))
    .limit(1)
    .get()
  if (row) return ok(row)
  const first = tables.select().from(versions).orderBy(asc(versions.seq)).limit(1).get()
  const since = first
    ? `the history begins with ${first.version} at ${toTime(first.committedAt)}`
    : 'no version has been committed'
  return fail({ code: 'not-found', detail: `Cannot read ${toTime(time)}: ${since}` })
}
