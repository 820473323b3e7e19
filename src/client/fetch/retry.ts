/** Which failures are retried, and when. */
import { NetworkError, type ProblemError } from '../errors.ts'

/** Timeouts, rate limits and temporary failures. */
const PASSING_STATUSES = [408, 429, 500, 502, 503, 504]
const FIRST_DELAY_MS = 300

/** Milliseconds to wait after the failed try of this number, from 0; `undefined` when another would fail the same way. */
export function retryDelay(error: unknown, attempt: number): number | undefined {
  const { status = 0, retryAfterSeconds: seconds }: Partial<ProblemError> = Object(error)
  if (!PASSING_STATUSES.includes(status) && !(error instanceof NetworkError)) return undefined
  return seconds === undefined ? FIRST_DELAY_MS * 2 ** attempt : seconds * 1000
}

/** Seconds of a `Retry-After` header, which holds seconds or a date (RFC 9110, section 10.2.3). */
export function parseRetryAfter(header: string | null): number | undefined {
  if (!header) return undefined
  const seconds = Number(header)
  const wait = Number.isNaN(seconds) ? (Date.parse(header) - Date.now()) / 1000 : seconds
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
