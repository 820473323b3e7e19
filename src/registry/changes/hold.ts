/** The guard's memory: which pulls a new one is compared with, and whether a loss is confirmed by lasting. */
import type { SourcePull } from '../../core/build/statement.ts'
import { CONFIRM_AFTER_MS } from '../../core/guard.ts'
import { SOURCES } from '../../sources/sources.ts'
import type { Database } from '../store/database.ts'
import { heldPull, lastAcceptedPull, type PullSummary } from '../store/pulls.ts'

interface Candidate {
  /** Unix milliseconds. */
  at: number
  pull: SourcePull
}

/**
 * Why a pull must be held, against the last accepted one; empty if it may be taken. `readKnown` reads a
 * recorded pull; one whose payload is gone confirms and excludes nothing. A change of tier starts a new baseline: the two tiers do not tell the same facts.
 */
export function reasonsToHold(
  db: Database,
  { at, pull }: Candidate,
  readKnown: (known: PullSummary) => SourcePull | undefined,
): string[] {
  const tier = pull.tier ?? null
  const lossesSince = (known: PullSummary): string[] => {
    const previous = readKnown(known)
    return previous ? SOURCES[pull.source].guard(previous, pull) : []
  }
  const accepted = lastAcceptedPull(db)
  if (!accepted || accepted.tier !== tier) return []
  const losses = lossesSince(accepted)
  if (losses.length === 0) return []
  const held = heldPull(db)
  const lasted = held !== undefined && held.tier === tier && at - held.at >= CONFIRM_AFTER_MS
  return lasted && lossesSince(held).length === 0 ? [] : losses
}
