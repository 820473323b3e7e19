/**
 * The moments at which a price of an override begins or ends. A build applies those that have passed since the newest
 * commit. Each makes a commit when it is reached, whether or not it changes a price.
 */
import { isModelOverride, type Override } from '../../core/overrides/override.ts'
import { boundariesOf } from '../../core/overrides/price-schedule.ts'
import { newestCommit } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { activeOverrides } from '../store/override-record.ts'
import { getState } from '../store/state.ts'

/** The time that the next commit gets: always later than the newest commit. */
export function commitTimeOf(db: Database, at: number): number {
  return Math.max(at, (newestCommit(db)?.committedAt ?? 0) + 1)
}

/** The providers of overrides with a boundary after the newest commit and up to this instant. */
export function dueProviders(db: Database, at: number): string[] {
  const due = boundariesAfterNewest(db).filter(({ time }) => time <= commitTimeOf(db, at))
  return [...new Set(due.map(({ provider }) => provider))]
}

/** Unix milliseconds; may be in the past. `undefined` while a rollback is active. */
export function nextBoundary(db: Database): number | undefined {
  if (getState(db, 'pin')) return undefined
  const times = boundariesAfterNewest(db).map(({ time }) => time)
  return times.length > 0 ? Math.min(...times) : undefined
}

function boundariesAfterNewest(db: Database): { provider: string; time: number }[] {
  const { committedAt = 0 } = newestCommit(db) ?? {}
  const lapses = getState(db, 'lapses') ?? []
  const holds = ({ provider, value }: Override): boolean =>
    !lapses.some((lapse) => lapse.provider === provider && lapse.value === value)
  const scheduled = activeOverrides(db).flatMap(({ override }) => {
    const prices = isModelOverride(override) && holds(override) ? (override.prices ?? []) : []
    return boundariesOf(prices).map((time) => ({ provider: override.provider, time }))
  })
  return scheduled.filter(({ time }) => time > committedAt)
}
