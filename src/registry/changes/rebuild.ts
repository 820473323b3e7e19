/** Commits a build, and rebuilds the catalogue after settings or code changed. Must run inside a transaction. */
import type { BuildSettings } from '../../config.ts'
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Cause } from '../../core/vocabulary.ts'
import { type Built, buildAccepted, buildKey, buildOverridden } from '../build/builder.ts'
import { storeInputs } from '../build/part-inputs.ts'
import { dueProviders } from '../build/price-boundaries.ts'
import { deleteSourcePart, writeSourcePart } from '../build/source-parts.ts'
import { neighbourText } from '../history/diffs.ts'
import { newestCommit } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { writeRemembered } from '../store/override-record.ts'
import { getState, putState } from '../store/state.ts'
import type { CommitRow } from '../store/tables.ts'
import { commitParts } from './commit.ts'
import { keepLapses, mustCommitPrices } from './price-changes.ts'

export interface CommitReason {
  cause: Cause
  at: number
  recordedAt?: number
  pullId?: number
}

/**
 * The new commit, or `undefined` if a rollback is active, or if the content equals the current one and no price of an
 * override was changed, began or ended.
 */
export function commitBuilt(db: Database, built: Built, reason: CommitReason): CommitRow | undefined {
  const { fresh, gone, overlaid, attribution, unread, stated, iqBasis, iqScale } = built
  writeRemembered(db, overlaid.remembered)
  putState(db, 'orphaned', overlaid.orphaned)
  const isDue = mustCommitPrices(db, reason.at)
  keepLapses(db, overlaid, reason.at)
  if (unread) putState(db, 'unread', [...unread])
  if (stated) putState(db, 'stated', [...stated])
  const isPinned = getState(db, 'pin') !== undefined
  if (!isPinned) putState(db, 'builtWith', buildKey(db, built.settings))
  const changed = { parts: overlaid.parts, removed: overlaid.removed }
  const scale = { ...(iqBasis && { iqBasis }), ...(iqScale && { iqScale }) }
  const row = isPinned ? undefined : commitParts(db, changed, { ...reason, attribution, ...scale, isForced: isDue })
  for (const { body, inputs, digest } of fresh.values()) {
    writeSourcePart(db, body, digest)
    storeInputs(db, inputs, digest)
  }
  for (const provider of gone) deleteSourcePart(db, provider)
  if (row && row.seq > 1) neighbourText(db, row.seq)
  return row
}

/** Commits the prices of overrides that have begun or ended since the newest commit. */
export function commitDuePrices(db: Database, settings: BuildSettings, at: number): CommitRow | undefined {
  if (dueProviders(db, at).length === 0) return undefined
  return commitBuilt(db, buildOverridden(db, settings, { at }), { cause: 'override', at })
}

/** Rebuilds the catalogue from the accepted facts, after settings or code changed. */
export function rebuild(
  db: Database,
  settings: BuildSettings,
  reason: CommitReason & { whole?: boolean },
): Result<CommitRow | undefined, SourceFailure> {
  const built = buildAccepted(db, settings, reason)
  if (!built.ok) return built
  return ok(built.value && commitBuilt(db, built.value, reason))
}

/** Whether the current catalogue was built with other settings or by other code. */
export function needsRebuild(db: Database, settings: BuildSettings): boolean {
  if (newestCommit(db) === undefined || getState(db, 'pin')) return false
  return getState(db, 'builtWith') !== buildKey(db, settings)
}

/** If settings or code changed, rebuilds and commits with the cause "rebuild". */
export function catchUp(
  db: Database,
  settings: BuildSettings,
  at: number,
): Result<CommitRow | undefined, SourceFailure> {
  return needsRebuild(db, settings) ? rebuild(db, settings, { cause: 'rebuild', at }) : ok(undefined)
}
