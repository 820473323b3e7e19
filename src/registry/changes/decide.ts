/**
 * An operator's decision on what the guard holds: a whole pull, or one provider of it. It is made once. Before, the
 * operator can see what accepting would change, and which models the pull lacks.
 */
import type { BuildSettings } from '../../config.ts'
import { ok, type Result } from '../../core/failure.ts'
import type { Diff } from '../../core/schema/history.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import type { Cause } from '../../core/vocabulary.ts'
import { sourceNamed } from '../../sources/sources.ts'
import { diffCommits } from '../history/diffs.ts'
import { newestCommit } from '../history/history.ts'
import { deleteAccepted } from '../store/accepted.ts'
import type { Database } from '../store/database.ts'
import { deleteHold, listHolds, readHold, WHOLE, writeHold } from '../store/holds.ts'
import { findPull, type PullSummary, readPayload, updatePull } from '../store/pulls.ts'
import { deleteState, getState } from '../store/state.ts'
import { splitPull } from './pulls/arrived-pull.ts'
import { commitPulls } from './pulls/commit-pulls.ts'
import { conflict, findHeld, type HeldTarget } from './pulls/find-held.ts'
import { accept, acceptShare } from './pulls/ingest.ts'
import { sizeReason, textOfReason } from './pulls/judge.ts'
import { rebuild } from './rebuild.ts'
import { compareShares } from './shares.ts'

export interface HeldDiff {
  diff?: Diff
  /** "provider/value" of current models that the pull lacks. */
  missing: string[]
}

/** Accepts a held pull or provider. An imported pull keeps its own time, a live one is current from now on. */
export function acceptHeld(db: Database, target: HeldTarget, settings: BuildSettings, now: number): Result<Outcome> {
  return db.attempt(() => {
    const held = findHeld(db, target, 'accept')
    if (!held.ok) return held
    return commitHeld(db, held.value, target, { settings, ...reasonOf(held.value, now) })
  })
}

function reasonOf({ origin, at }: PullSummary, now: number): { cause: Cause; at: number } {
  return origin === 'live' ? { cause: 'pull', at: now } : { cause: 'import', at }
}

interface HeldDecision {
  settings: BuildSettings
  cause: Cause
  at: number
}

function commitHeld(
  db: Database,
  pull: PullSummary,
  target: HeldTarget,
  { settings, ...reason }: HeldDecision,
): Result<Outcome> {
  const taken = takeHeld(db, pull, target)
  if (!taken.ok) return taken
  if (target.provider === undefined)
    return commitPulls(db, settings, { pulls: [{ id: pull.id, isChanged: true }], ...reason })
  const committed = commitPulls(db, settings, { pulls: [], pullId: pull.id, ...reason })
  // A pull that already made a commit stays attributed to it.
  if (committed.ok && committed.value.outcome === 'committed' && pull.outcome === 'unchanged')
    updatePull(db, pull.id, { outcome: 'committed', seq: committed.value.seq })
  return committed
}

/** A rejected pull has no effect: it does not become current, and it does not confirm a loss. */
export function rejectHeld(db: Database, target: HeldTarget): Result<Outcome> {
  return db.attempt(() => {
    const held = findHeld(db, target, 'reject')
    if (!held.ok) return held
    if (target.provider === undefined) rejectWhole(db, held.value)
    else deleteHold(db, held.value.source, target.provider)
    const row = newestCommit(db)
    return ok({ outcome: 'rejected', ...(row && { version: row.version, seq: row.seq }) })
  })
}

function rejectWhole(db: Database, { id, source, at }: PullSummary): void {
  updatePull(db, id, { outcome: 'rejected' })
  const hold = readHold(db, source, WHOLE)
  if (hold?.pullId === id) deleteHold(db, source, WHOLE)
  // A newer pull shows the same loss. Its wait starts at its own time, because the rejected pull has no effect.
  else if (hold?.at === at) writeHold(db, source, { ...hold, at: findPull(db, hold.pullId)?.at ?? at })
}

/** The diff if the held facts were accepted now. Writes nothing. */
export function diffHeld(db: Database, target: HeldTarget, settings: BuildSettings, now: number): Result<HeldDiff> {
  return db.preview<HeldDiff>(() => {
    const held = findHeld(db, target, 'compare')
    if (!held.ok) return held
    const isPinned = getState(db, 'pin') !== undefined
    if (isPinned) deleteState(db, 'pin')
    // Changes caused by a rollback or by new settings are committed first, so that they are not part of the diff.
    const reason = reasonOf(held.value, now)
    const rebuilt = rebuild(db, settings, { cause: 'rebuild', at: reason.at, whole: isPinned })
    if (!rebuilt.ok) return rebuilt
    const from = newestCommit(db)
    const committed = commitHeld(db, held.value, target, { settings, ...reason })
    if (!committed.ok) return committed
    const to = newestCommit(db)
    const diff = from && to && to.seq > from.seq ? diffCommits(db, from.seq, to.seq) : undefined
    const missing = diff?.models.removed.map(({ provider, value }) => `${provider}/${value}`) ?? []
    return ok({ ...(diff && { diff }), missing })
  })
}

/** Accepts the shares of a recorded pull, or only the share of one provider. */
function takeHeld(db: Database, pull: PullSummary, { id, provider }: HeldTarget): Result<undefined> {
  const source = sourceNamed(pull.source)
  const payload = readPayload(db, id)
  if (!payload)
    return conflict(
      `Cannot read pull ${id}: the backup that the registry was restored from did not include its payload`,
    )
  const split = splitPull(source, payload.pages)
  if (!split.ok) return split
  const compared = compareShares(db, source, split.value.shares)
  const tooLarge = sizeReason(compared)
  if (tooLarge) return conflict(`Cannot accept pull ${id}: ${textOfReason(tooLarge)}`)
  if (provider === undefined) {
    accept(db, { source, compared, pullId: id, at: pull.at }, new Set())
    // The pull is newer than every pull that a held provider is from.
    for (const hold of listHolds(db, source.name)) deleteHold(db, source.name, hold.provider)
    return ok(undefined)
  }
  const share = compared.shares.find((candidate) => candidate.provider === provider)
  if (share) acceptShare(db, source, share, id)
  else deleteAccepted(db, source.name, provider)
  deleteHold(db, source.name, provider)
  return ok(undefined)
}
