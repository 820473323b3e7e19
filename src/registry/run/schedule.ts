/** When pulls run: daily at 02:00 UTC, as in wrangler.toml, and again soon after a failure. */
import type { SourceFailure } from '../../core/failure.ts'

const CRON_HOUR_UTC = 2
const MINUTE_MS = 60_000
/** Most failures end within minutes. If one lasts longer than these retries, the next daily run tries again. */
const RETRY_DELAYS_MS = [5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS]

/** Quotas of sources are per 24 hours, so a longer delay is an error. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * MINUTE_MS

export interface Backoff {
  /** Failures in a row. */
  failures: number
  /** Unix milliseconds. Only the cron or an operator may start a pull earlier. */
  notBefore: number
  /** The end of the time for which the source asked for no requests. The cron also respects it. */
  blockedUntil: number
}

export function nextCron(now: number): number {
  const today = new Date(now).setUTCHours(CRON_HOUR_UTC, 0, 0, 0)
  return today > now ? today : today + 24 * 60 * MINUTE_MS
}

/** A wait of more than a day comes from a clock that was ahead. It is ignored, because it could last for years. */
export function credibleTime(time: number | undefined, now: number): number {
  return time === undefined || time > now + MAX_RETRY_AFTER_MS ? 0 : time
}

/** The backoff after one more failure. No retry is scheduled after the next cron, which pulls anyway. */
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
