/** Rollback: makes past content current again with a new commit, and pins it until the pin is lifted. */
import type { BuildSettings } from '../../config.ts'
import { ok, type Result } from '../../core/failure.ts'
import type { Diff } from '../../core/schema/history.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import type { Selector } from '../../core/selector.ts'
import { diffSince } from '../history/diffs.ts'
import { findCommit } from '../history/find-commit.ts'
import { newestCommit, outcomeOfCommit, revisionsAt } from '../history/history.ts'
import { bodiesOf } from '../history/part-bodies.ts'
import { digestsAt, openDigests } from '../history/parts.ts'
import type { Database } from '../store/database.ts'
import { deleteState, getState, putState } from '../store/state.ts'
import type { CommitRow } from '../store/tables.ts'
import { commitParts } from './commit.ts'
import { rebuild } from './rebuild.ts'

export type PreviewedOutcome = Outcome & { diff?: Diff }

/** Pins a version. If it is already current, it is pinned without a new commit. */
export function rollBack(db: Database, selector: Selector, reason: string, now: number): Result<Outcome> {
  return db.attempt(() => pinVersion(db, selector, { reason, now }))
}

/** Lifts the pin and commits the catalogue built from the accepted facts, as if it had never been pinned. */
export function liftPin(db: Database, settings: BuildSettings, now: number): Result<Outcome> {
  return db.attempt(() => unpin(db, settings, now))
}

/** The diff of a rollback. Writes nothing. */
export function previewRollBack(db: Database, selector: Selector, now: number): Result<PreviewedOutcome> {
  return preview(db, () => pinVersion(db, selector, { reason: 'preview', now }))
}

/** The diff of lifting the pin. Writes nothing. */
export function previewLift(db: Database, settings: BuildSettings, now: number): Result<PreviewedOutcome> {
  return preview(db, () => unpin(db, settings, now))
}

function preview(db: Database, work: () => Result<Outcome>): Result<PreviewedOutcome> {
  return db.preview<PreviewedOutcome>(() => {
    const from = newestCommit(db)
    const result = work()
    if (!result.ok) return result
    // A preview stores no commit, so the outcome names none.
    const outcome = result.value.outcome === 'committed' ? 'would-commit' : 'would-not-change'
    return ok({ outcome, ...diffSince(db, from) })
  })
}

function pinVersion(
  db: Database,
  selector: Selector,
  { reason, now }: { reason: string; now: number },
): Result<Outcome> {
  const found = findCommit(db, selector)
  if (!found.ok) return found
  const { version, attribution, iqBasis, iqScale } = found.value
  const scale = { ...(iqBasis && { iqBasis }), ...(iqScale && { iqScale }) }
  const context = { attribution, ...scale, cause: 'rollback' as const, at: now }
  const row = commitParts(db, partsThatDiffer(db, found.value), context)
  putState(db, 'pin', { version, since: now, reason })
  return ok({ ...outcomeOfCommit(db, row), pinned: version })
}

function partsThatDiffer(db: Database, { seq }: CommitRow) {
  const now = openDigests(db)
  const then = digestsAt(db, seq)
  const changed = Object.keys(then).filter((provider) => now[provider] !== then[provider])
  return {
    parts: bodiesOf(revisionsAt(db, seq, { providers: changed })),
    removed: Object.keys(now).filter((provider) => then[provider] === undefined),
  }
}

function unpin(db: Database, settings: BuildSettings, now: number): Result<Outcome> {
  if (!getState(db, 'pin')) return ok(outcomeOfCommit(db, undefined))
  deleteState(db, 'pin')
  const rebuilt = rebuild(db, settings, { cause: 'rebuild', at: now, whole: true })
  return rebuilt.ok ? ok(outcomeOfCommit(db, rebuilt.value)) : rebuilt
}
