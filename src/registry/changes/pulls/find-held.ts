/** Finds what an operator may decide on: a pull that is held as a whole, or a held provider of a pull. */
import { type FailureOf, fail, ok, type Result } from '../../../core/failure.ts'
import { toTime } from '../../history/history.ts'
import type { Database } from '../../store/database.ts'
import { listHolds, WHOLE } from '../../store/holds.ts'
import { findPull, lastAcceptedPull, type PullSummary } from '../../store/pulls.ts'

/** A held pull, or a held provider of a pull. */
export interface HeldTarget {
  id: number
  provider?: string
}

/** A pull is held as a whole if its outcome is "held". A provider of it is held until a newer pull replaces the hold. */
export function findHeld(db: Database, { id, provider }: HeldTarget, what: string): Result<PullSummary> {
  const pull = findPull(db, id)
  if (!pull) return fail({ code: 'not-found', detail: `Cannot ${what} pull ${id}: no such pull` })
  if (provider === undefined)
    return pull.outcome === 'held'
      ? checkOrder(db, pull, what)
      : conflict(`Cannot ${what} pull ${id}: ${whyDecided(db, pull)}`)
  const hold = listHolds(db, pull.source).find((candidate) => candidate.provider === provider)
  return hold?.pullId === id
    ? ok(pull)
    : conflict(`Cannot ${what} "${provider}" of pull ${id}: the guard does not hold it`)
}

function whyDecided(db: Database, { id, source, outcome }: PullSummary): string {
  const held = listHolds(db, source).filter(({ provider, pullId }) => provider !== WHOLE && pullId === id)
  if (held.length === 0) return `its outcome is "${outcome}", not "held"`
  const names = held.map(({ provider }) => `"${provider}"`).join(', ')
  return `the guard holds only its providers ${names}: specify one with ?provider=`
}

function checkOrder(db: Database, pull: PullSummary, what: string): Result<PullSummary> {
  const last = lastAcceptedPull(db, pull.source)
  if (!last || pull.at > last.at) return ok(pull)
  return conflict(
    `Cannot ${what} pull ${pull.id}: it is from ${toTime(pull.at)}, and a newer one from ${toTime(last.at)} was accepted`,
  )
}

export function conflict(detail: string): { ok: false; failure: FailureOf<'conflict'> } {
  return fail({ code: 'conflict', detail })
}
