/** Builds and commits the accepted pulls of a run: one build and one commit. Records the outcome of each pull. */
import type { BuildSettings } from '../../../config.ts'
import { ok, type Result, type SourceFailure } from '../../../core/failure.ts'
import type { Outcome } from '../../../core/schema/operations.ts'
import type { Cause } from '../../../core/vocabulary.ts'
import { buildAccepted } from '../../build/builder.ts'
import { newestCommit, outcomeOfCommit } from '../../history/history.ts'
import type { Database } from '../../store/database.ts'
import { updatePull } from '../../store/pulls.ts'
import { getState } from '../../store/state.ts'
import { commitBuilt } from '../rebuild.ts'

export interface PullCommit {
  /** The pulls that were accepted, at least for some of their providers, and whether they state anything new. */
  pulls: readonly { id: number; isChanged: boolean }[]
  /** The pull that caused the commit, if it is none of those. */
  pullId?: number
  cause: Cause
  at: number
}

/** While a rollback is active, the facts are accepted without a commit. */
export function commitPulls(
  db: Database,
  settings: BuildSettings,
  { pulls, cause, at, ...given }: PullCommit,
): Result<Outcome, SourceFailure> {
  const built = buildAccepted(db, settings, { at })
  if (!built.ok) return built
  // If no pull states anything new, new settings or code caused the commit, and it is attributed to all pulls.
  const causes = pulls.some(({ isChanged }) => isChanged) ? pulls.filter(({ isChanged }) => isChanged) : pulls
  const pullId = causes[0]?.id ?? given.pullId
  const row = built.value && commitBuilt(db, built.value, { cause, at, ...(pullId !== undefined && { pullId }) })
  const pin = getState(db, 'pin')
  const seq = (row ?? newestCommit(db))?.seq
  for (const pull of pulls) {
    const outcome = pin ? 'pinned' : row && causes.includes(pull) ? 'committed' : 'unchanged'
    updatePull(db, pull.id, { outcome, seq })
  }
  return ok({ ...outcomeOfCommit(db, row), ...(pin && { outcome: 'pinned' as const, pinned: pin.version }) })
}
