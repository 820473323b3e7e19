/** Takes a recorded pull as of its own time, checked like a live one. The same pull again answers as it did at first. */
import * as z from 'zod'
import { type Config, requireBuildSettings } from '../../config.ts'
import { type Failure, fail, ok, type Result } from '../../core/failure.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import { SOURCES } from '../../sources/sources.ts'
import { newestRow, toTime } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { digestOfPages, findSamePull, lastAcceptedPull, outcomeOfPull, updatePull } from '../store/pulls.ts'
import { acceptPull, takePull } from './intake.ts'

/** How far a recorder's clock may be ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000

export const RecordedPull = z.object({
  fetchedAt: z.iso.datetime({ offset: true }).meta({ description: 'When the pages were read' }),
  pages: z.array(z.unknown()).min(1).meta({ description: "The source's replies, one per page, as they came" }),
})

export function importPull(db: Database, text: string, forced: boolean, config: Config, now: number): Result<Outcome> {
  const body = parseBody(text)
  if (!body.ok) return body
  const { pages } = body.value
  const at = Date.parse(body.value.fetchedAt)
  const pull = SOURCES['artificial-analysis'].read(pages)
  if (!pull.ok) return invalid('pages', pull.failure.detail)
  if (at > now + MAX_AHEAD_MS)
    return invalid('fetchedAt', `${toTime(at)} is more than 5 minutes ahead of ${toTime(now)}`)
  const digest = digestOfPages(pages)
  const same = findSamePull(db, at, digest)
  if (same && !(forced && same.outcome === 'held')) return ok(outcomeOfPull(db, same.id))
  const settings = requireBuildSettings(config)
  if (!settings.ok) return settings
  if (settings.value.leading !== 'artificial-analysis')
    return fail({ code: 'configuration', detail: 'Cannot take the pull: AA_TIER is off' })
  if (same) {
    const accepted = acceptPull(db, same.id, settings.value, now)
    if (accepted.ok) updatePull(db, same.id, { forced: true })
    return accepted
  }
  const newest = Math.max(newestRow(db)?.committedAt ?? 0, lastAcceptedPull(db)?.at ?? 0)
  if (at <= newest)
    return conflict(
      `fetchedAt ${toTime(at)} is not later than ${toTime(newest)}, that of the newest row or accepted pull`,
    )
  const arrival = { pull: pull.value, pages, digest, at, origin: 'import' as const, forced }
  const taken = takePull(db, arrival, settings.value)
  return taken.ok ? taken : invalid('pages', taken.failure.detail)
}

function parseBody(text: string): Result<z.infer<typeof RecordedPull>> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return invalid('body', 'is not JSON')
  }
  const parsed = RecordedPull.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', message }))
  return fail({ code: 'invalid-request', detail: 'Cannot take the pull: it is not { fetchedAt, pages }', errors })
}

function invalid(field: string, message: string): { ok: false; failure: Failure } {
  return fail({
    code: 'invalid-request',
    detail: `Cannot take the pull: ${field}: ${message}`,
    errors: [{ field, message }],
  })
}

function conflict(reason: string): { ok: false; failure: Failure } {
  return fail({ code: 'conflict', detail: `Cannot take the pull: ${reason}` })
}
