/** What a run made of the pulls it took: one build and one commit, and the outcome of each pull in the record. */
import type { BuildSettings } from '../../config.ts'
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import type { Cause } from '../../core/vocabulary.ts'
import { buildAccepted, commitBuilt } from '../build/builder.ts'
import { newestRow, outcomeOfRow } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { updatePull } from '../store/pulls.ts'
import { getSetting } from '../store/settings.ts'

export interface Settlement {
  /** The pulls that were accepted, if only for some of their providers. */
  pullIds: readonly number[]
  cause: Cause
  at: number
}

/** While a rollback is in force the facts are taken as the newest truth, but make no row. */
export function settle(
  db: Database,
  settings: BuildSettings,
  { pullIds, cause, at }: Settlement,
): Result<Outcome, SourceFailure> {
  const built = buildAccepted(db, settings)
  if (!built.ok) return built
  const [pullId] = pullIds
  const row = built.value && commitBuilt(db, built.value, { cause, at, ...(pullId !== undefined && { pullId }) })
  const pin = getSetting(db, 'pin')
  const outcome = pin ? 'pinned' : row ? 'committed' : 'unchanged'
  for (const id of pullIds) updatePull(db, id, { outcome, seq: (row ?? newestRow(db))?.seq })
  return ok({ ...outcomeOfRow(db, row), ...(pin && { outcome: 'pinned' as const, pinned: pin.version }) })
}
