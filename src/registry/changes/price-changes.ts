/** Decides if prices of overrides require a commit, and records lapsed overrides. Must run inside a transaction. */
import type { Lapse } from '../../core/overrides/lapse.ts'
import type { Overlaid } from '../build/overlay.ts'
import { commitTimeOf, dueProviders } from '../build/price-boundaries.ts'
import { newestCommit } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { newestOverrideId, scheduledPricesText } from '../store/override-record.ts'
import { getState, putState } from '../store/state.ts'

/** Whether prices of overrides were changed, began or ended since the newest commit. */
export function mustCommitPrices(db: Database, at: number): boolean {
  const newest = newestCommit(db)
  if (!newest) return false
  const id = newestOverrideId(db)
  const isChanged = () => scheduledPricesText(db, newest.overrideId) !== scheduledPricesText(db, id)
  return (id !== newest.overrideId && isChanged()) || dueProviders(db, at).length > 0
}

/**
 * Records when each override lapsed, and from which commit on: the next commit, which may follow now. A lapse that has
 * ended, because the override applies again or was deleted, is kept with its end.
 */
export function keepLapses(db: Database, { lapses, affected }: Overlaid, at: number): void {
  const known = getState(db, 'lapses') ?? []
  const now = { time: commitTimeOf(db, at), seq: (newestCommit(db)?.seq ?? 0) + 1 }
  const since = { since: now.time, seq: now.seq }
  const found = lapses.map((lapse) => ({ ...since, ...startOf(known.find((one) => isOfSame(one, lapse))), ...lapse }))
  const others = known.filter(({ provider }) => !affected.has(provider))
  if (known.length > 0 || found.length > 0) putState(db, 'lapses', [...others, ...found])
  const ended = known.filter((one) => affected.has(one.provider) && !lapses.some((lapse) => isOfSame(one, lapse)))
  keepEnded(db, ended, now)
}

/** A lapse that began and ended between two commits affected no commit, so it is not kept. */
function keepEnded(db: Database, ended: readonly (Lapse & Begun)[], now: { time: number; seq: number }): void {
  const past = ended.flatMap(({ provider, value, since, seq }) =>
    value === undefined || seq === now.seq ? [] : [{ provider, value, since, seq, until: now.time, untilSeq: now.seq }],
  )
  if (past.length > 0) putState(db, 'pastLapses', [...(getState(db, 'pastLapses') ?? []), ...past])
}

interface Begun {
  since: number
  seq: number
}

function startOf(known: Begun | undefined): Partial<Begun> {
  return known ? { since: known.since, seq: known.seq } : {}
}

const isOfSame = (a: Pick<Lapse, 'provider' | 'value'>, b: Pick<Lapse, 'provider' | 'value'>): boolean =>
  a.provider === b.provider && a.value === b.value
