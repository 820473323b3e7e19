/** Whether a commit is due for the prices of overrides, and which overrides have lapsed. Must run inside a transaction. */
import type { Lapse } from '../../core/overrides/lapse.ts'
import type { Overlaid } from '../build/overlay.ts'
import { commitTimeOf, dueProviders } from '../build/price-boundaries.ts'
import { newestCommit } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { newestOverrideId, scheduledPricesText } from '../store/override-record.ts'
import { getState, putState } from '../store/state.ts'

/** Whether prices of overrides were changed since the newest commit, or have begun or ended. */
export function mustCommitPrices(db: Database, at: number): boolean {
  const newest = newestCommit(db)
  if (!newest) return false
  const id = newestOverrideId(db)
  const isChanged = () => scheduledPricesText(db, newest.overrideId) !== scheduledPricesText(db, id)
  return (id !== newest.overrideId && isChanged()) || dueProviders(db, at).length > 0
}

/** Keeps since when each override does not hold, and from which commit on: the next one, which may be made now. */
export function keepLapses(db: Database, { lapses, affected }: Overlaid, at: number): void {
  const known = getState(db, 'lapses') ?? []
  const since = { since: commitTimeOf(db, at), seq: (newestCommit(db)?.seq ?? 0) + 1 }
  const found = lapses.map((lapse) => ({ ...since, ...startOf(known.find((one) => isOfSame(one, lapse))), ...lapse }))
  const others = known.filter(({ provider }) => !affected.has(provider))
  if (known.length > 0 || found.length > 0) putState(db, 'lapses', [...others, ...found])
}

function startOf(known: { since: number; seq: number } | undefined): { since?: number; seq?: number } {
  return known ? { since: known.since, seq: known.seq } : {}
}

const isOfSame = (a: Pick<Lapse, 'provider' | 'value'>, b: Pick<Lapse, 'provider' | 'value'>): boolean =>
  a.provider === b.provider && a.value === b.value
