/** The days of a backfill request: their shape and their required order. */
import * as z from 'zod'
import { type FailureOf, fail, ok, type Result } from '../../../core/failure.ts'
import { Delta } from '../../../sources/models-dev/delta.ts'

/** A day takes a few tenths of a second, and a request to the object may take 30 s of CPU. */
const MAX_DAYS = 60
/** How far the sender's clock may be ahead of the registry's. */
const MAX_AHEAD_MS = 5 * 60_000
const MAX_ERRORS = 10

export const BackfillDays = z.strictObject({
  days: z
    .array(
      z.strictObject({
        at: z.iso.datetime({ offset: true }).meta({ description: 'The time of the commit' }),
        source: z.literal('models.dev').meta({ description: 'The source of the days' }),
        delta: Delta.meta({ description: 'What changed since the previous day' }),
      }),
    )
    .min(1)
    .max(MAX_DAYS)
    .meta({ description: 'Oldest first, at most one per UTC day' }),
})

export interface BackfillDay {
  /** Unix milliseconds. */
  at: number
  delta: Delta
}

type Refusal = FailureOf<'invalid-request'>

/** `lastAt`: the time of the last day that was replayed. Days up to it are skipped. */
export function readBackfillDays(
  bytes: Uint8Array,
  { lastAt, now }: { lastAt: number | undefined; now: number },
): Result<BackfillDay[], Refusal> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch {
    return invalidDays([{ field: 'body', message: 'is not JSON' }])
  }
  const parsed = BackfillDays.safeParse(json)
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, MAX_ERRORS)
    return invalidDays(issues.map(({ path, message }) => ({ field: path.join('.') || 'body', message })))
  }
  const days = parsed.data.days.map(({ at, delta }) => ({ at: Date.parse(at), delta }))
  const misplaced = days.findIndex(({ at }, index) => index > 0 && dayOf(at) <= dayOf(days[index - 1]?.at ?? 0))
  if (misplaced > 0) return invalidDays([{ field: `days.${misplaced}.at`, message: 'is not on a later day' }])
  return checkMoments(days, lastAt, now)
}

function checkMoments(days: BackfillDay[], lastAt: number | undefined, now: number): Result<BackfillDay[], Refusal> {
  const early = days.findIndex(({ at }) => at > now + MAX_AHEAD_MS)
  if (early >= 0) return invalidDays([{ field: `days.${early}.at`, message: 'is in the future' }])
  const wanted = days.filter(({ at }) => lastAt === undefined || at > lastAt)
  const [first] = wanted
  // A later moment of a replayed day would make a second commit for that day.
  if (first && lastAt !== undefined && dayOf(first.at) === dayOf(lastAt))
    return invalidDays([{ field: 'days', message: `an earlier moment of ${dayOf(lastAt)} was already replayed` }])
  return ok(wanted)
}

export function invalidDays(errors: { field: string; message: string }[]): { ok: false; failure: Refusal } {
  const list = errors.map(({ field, message }) => `"${field}" ${message}`).join(', ')
  return fail({ code: 'invalid-request', detail: `Cannot backfill: ${list}`, errors })
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
