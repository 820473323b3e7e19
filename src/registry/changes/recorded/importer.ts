/** Ingests a recorded pull at its own time, judged like a live one. Sending it again returns the first outcome. */
import { Buffer, isUtf8 } from 'node:buffer'
import * as z from 'zod'
import type { BuildSettings } from '../../../config.ts'
import { type Failure, fail, ok, type Result } from '../../../core/failure.ts'
import type { Outcome } from '../../../core/schema/operations.ts'
import { SOURCE_NAMES, type SourceName } from '../../../core/vocabulary.ts'
import { sourceNamed } from '../../../sources/sources.ts'
import { newestCommit, toTime } from '../../history/history.ts'
import type { Database } from '../../store/database.ts'
import { findSamePull, newestPullTime, outcomeOfPull, updatePull } from '../../store/pulls.ts'
import { acceptHeld } from '../decide.ts'
import { splitPull } from '../pulls/arrived-pull.ts'
import { commitPulls } from '../pulls/commit-pulls.ts'
import { ingest } from '../pulls/ingest.ts'

/** How far the recorder's clock may be ahead of the registry's. */
const MAX_AHEAD_MS = 5 * 60_000

const Recorded = {
  source: z.enum(SOURCE_NAMES).default('artificial-analysis').meta({ description: 'The source of the pages' }),
  fetchedAt: z.iso.datetime({ offset: true }).meta({ description: 'When the pages were fetched' }),
}
export const RecordedPull = z.union([
  z.strictObject({
    ...Recorded,
    pages: z.array(z.unknown()).min(1).meta({ description: "The source's responses, one per page, as received" }),
  }),
  z.strictObject({ ...Recorded, body: z.string().min(1).meta({ description: 'The only response, as text' }) }),
])

/** A parser may ignore it (RFC 8259, section 8.1). */
const BYTE_ORDER_MARK = '\uFEFF'

interface Recording {
  source: SourceName
  at: number
  pages: unknown[]
}

export function importPull(
  db: Database,
  bytes: Uint8Array,
  forced: boolean,
  settings: BuildSettings,
  now: number,
): Result<Outcome> {
  const recording = readRecording(bytes)
  if (!recording.ok) return recording
  const { source: name, at, pages } = recording.value
  const source = sourceNamed(name)
  if (at > now + MAX_AHEAD_MS)
    return invalid('fetchedAt', `${toTime(at)} is more than 5 minutes ahead of ${toTime(now)}`)
  if (settings.off.includes(name))
    return fail({ code: 'configuration', detail: `Cannot ingest the pull: the source ${name} is disabled` })
  const pull = splitPull(source, pages)
  if (!pull.ok) return invalid('pages', pull.failure.detail)
  const same = findSamePull(db, name, at, pull.value.digest)
  if (same && !(forced && same.outcome === 'held')) return ok(outcomeOfPull(db, same.id))
  if (same) {
    const accepted = acceptHeld(db, { id: same.id }, settings, now)
    if (accepted.ok) updatePull(db, same.id, { forced: true })
    return accepted
  }
  const newest = Math.max(newestCommit(db)?.committedAt ?? 0, newestPullTime(db, name) ?? 0)
  if (at <= newest)
    return conflict(
      `fetchedAt ${toTime(at)} is not later than ${toTime(newest)}, the time of the newest commit or pull of ${name}`,
    )
  return db.attempt(() => {
    const taken = ingest(db, { source, pull: pull.value, at, origin: 'import', forced })
    if (!taken.ok) return invalid('pages', taken.failure.detail)
    const { pullId, isAccepted, isChanged } = taken.value
    if (!isAccepted) return ok(outcomeOfPull(db, pullId))
    const committed = commitPulls(db, settings, { pulls: [{ id: pullId, isChanged }], cause: 'import', at })
    if (!committed.ok) return invalid('pages', committed.failure.detail)
    // Providers of an accepted pull may be held.
    const { reasons } = outcomeOfPull(db, pullId)
    return ok({ ...committed.value, ...(reasons && { reasons }) })
  })
}

function readRecording(bytes: Uint8Array): Result<Recording> {
  let json: unknown
  try {
    json = JSON.parse(decodeUtf8(bytes))
  } catch {
    return invalid('body', 'is not JSON')
  }
  const parsed = RecordedPull.safeParse(json)
  if (!parsed.success) return fail(problemOf(parsed.error))
  const { source, fetchedAt } = parsed.data
  const pages = 'pages' in parsed.data ? ok(parsed.data.pages) : parseBody(source, parsed.data.body)
  return pages.ok ? ok({ source, at: Date.parse(fetchedAt), pages: pages.value }) : pages
}

/** Three times as fast as `TextDecoder` on the first megabytes that an isolate decodes. */
function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new TypeError('not UTF-8')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

function parseBody(source: SourceName, body: string): Result<unknown[]> {
  if (sourceNamed(source).textBody) return ok([body])
  try {
    return ok([JSON.parse(body)])
  } catch {
    return invalid('body', 'is not the text of a JSON response')
  }
}

function problemOf(error: z.ZodError): Failure {
  const [issue] = error.issues
  const issues = issue?.code === 'invalid_union' ? (issue.errors[0] ?? []) : error.issues
  const errors = issues.map(({ path, message }) => ({ field: path.join('.') || 'body', message }))
  const detail = 'Cannot ingest the pull: it is not { source, fetchedAt, pages } or { source, fetchedAt, body }'
  return { code: 'invalid-request', detail, errors }
}

function invalid(field: string, message: string): { ok: false; failure: Failure } {
  return fail({
    code: 'invalid-request',
    detail: `Cannot ingest the pull: ${field}: ${message}`,
    errors: [{ field, message }],
  })
}

function conflict(reason: string): { ok: false; failure: Failure } {
  return fail({ code: 'conflict', detail: `Cannot ingest the pull: ${reason}` })
}
