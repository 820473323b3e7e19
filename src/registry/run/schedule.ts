/** When pulls run: daily at 02:00 UTC, as in wrangler.toml, and after a failure soon again. */
import type { SourceFailure } from '../../core/failure.ts'

const CRON_HOUR_UTC = 2
const MINUTE_MS = 60_000
/** Most failures are over within minutes; those that last over two hours are left to the next day. */
const RETRY_DELAYS_MS = [5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS]

/** The source's quota is per 24 hours: a longer delay is an error. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * MINUTE_MS

export interface Backoff {
  /** Failures in a row. */
  failures: number
  /** Unix milliseconds; no pull but an operator's or the cron's may start earlier. */
  notBefore: number
  /** Until when the source asked for no requests; the cron respects it too. */
  blockedUntil: number
}

export function nextCron(now: number): number {
  const today = new Date(now).setUTCHours(CRON_HOUR_UTC, 0, 0, 0)
  return today > now ? today : today + 24 * 60 * MINUTE_MS
}

/** A wait of more than a day was set by a clock that was ahead. It counts as none, as it might last for years. */
export function credibleTime(time: number | undefined, now: number): number {
  return time === undefined || time > now + MAX_RETRY_AFTER_MS ? 0 : time
}

/** The backoff after one more failure. A retry that would fall after the next cron is left to it. */
export function backoffAfter(
  previous: Backoff | undefined,
  failure: SourceFailure,
  now: number,
): Backoff & { retry: boolean } {
  const failures = (previous?.failures ?? 0) + 1
  const delay = RETRY_DELAYS_MS[failures - 1]
  const asked = now + Math.min((failure.retryAfterSeconds ?? 0) * 1000, MAX_RETRY_AFTER_MS)
  const blockedUntil = Math.max(asked, credibleTime(previous?.blockedUntil, now))
  const retryAt = Math.max(now + (delay ?? 0), blockedUntil)
  const retry = delay !== undefined && retryAt < nextCron(now)
  return { failures, notBefore: retry ? retryAt : Math.max(nextCron(now), retryAt), blockedUntil, retry }
}
