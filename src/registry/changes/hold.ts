/** The guard's memory: which pulls a new one is compared with, and whether a loss is confirmed by lasting. */
import { CONFIRM_AFTER_MS, lossesOf } from '../../core/guard.ts'
import type { Model } from '../../core/schema/model.ts'
import type { Database } from '../store/database.ts'
import { heldPull, lastAcceptedPull, type PullSummary } from '../store/pulls.ts'

interface Candidate {
  /** Unix milliseconds. */
  at: number
  tier: string
  models: Model[]
}

/**
 * Why a pull must be held, against the last accepted one; empty if it may be taken. `modelsOf` builds a recorded pull
 * again. A change of tier starts a new baseline: the two tiers do not tell the same facts.
 */
export function reasonsToHold(
  db: Database,
  { at, tier, models }: Candidate,
  modelsOf: (pull: PullSummary) => Model[],
): string[] {
  const accepted = lastAcceptedPull(db)
  if (!accepted || accepted.tier !== tier) return []
  const losses = lossesOf(modelsOf(accepted), models)
  if (losses.length === 0) return []
  const held = heldPull(db)
  const lasted = held !== undefined && held.tier === tier && at - held.at >= CONFIRM_AFTER_MS
  return lasted && lossesOf(modelsOf(held), models).length === 0 ? [] : losses
}
