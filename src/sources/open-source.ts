/**
 * Requests to a source that needs no API key. Every other reply than the expected one is a failure that says what to
 * check.
 */
import { fail, ok, type Result, type SourceFailure, type SourceFailureReason } from '../core/failure.ts'
import { type Fetch, fetchBounded, type Reply, retryAfterSeconds } from './bounded-fetch.ts'

const TIMEOUT_MS = 30_000

export interface OpenRequest {
  /** The source's name in messages. */
  source: string
  /** The setting that the URL comes from. */
  setting: string
  url: string
  accept: string
  maxBytes: number
  /** What the request is for, if a pull sends several: "page 3". */
  what?: string
}

export interface OpenReply {
  text: string
  bytes: number
  /** For the next conditional request. */
  etag?: string
}

type Reason = [reason: SourceFailureReason, detail: string, retryAfterSeconds?: number]

export async function fetchOpen(request: OpenRequest, fetch: Fetch): Promise<Result<OpenReply, SourceFailure>> {
  return readOpen(await send(request, {}, fetch), request)
}

/** Returns 'unchanged' if the content at the source still has this ETag. */
export async function fetchIfChanged(
  request: OpenRequest,
  etag: string | undefined,
  fetch: Fetch,
): Promise<Result<OpenReply | 'unchanged', SourceFailure>> {
  if (etag === undefined) return fetchOpen(request, fetch)
  const reply = await send(request, { 'if-none-match': etag }, fetch)
  return reply.kind === 'status' && reply.status === 304 ? ok('unchanged') : readOpen(reply, request)
}

function send({ url, accept, maxBytes }: OpenRequest, headers: Record<string, string>, fetch: Fetch): Promise<Reply> {
  return fetchBounded({ url, headers: { accept, ...headers }, timeoutMs: TIMEOUT_MS, maxBytes }, fetch)
}

function readOpen(reply: Reply, request: OpenRequest): Result<OpenReply, SourceFailure> {
  if (reply.kind !== 'text') {
    const [reason, detail, retryAfter] = reasonOf(reply, request)
    const what = request.what === undefined ? detail : `${request.what}: ${detail}`
    return openSourceFailure(request.source, reason, what, retryAfter)
  }
  const tag = reply.headers.get('etag')
  return ok({ text: reply.text, bytes: reply.bytes, ...(tag !== null && { etag: tag }) })
}

export function openSourceFailure(
  source: string,
  ...[reason, detail, retryAfter]: Reason
): { ok: false; failure: SourceFailure } {
  const failure: SourceFailure = { code: 'source-failed', reason, detail: `Cannot read ${source}: ${detail}` }
  return fail(retryAfter === undefined ? failure : { ...failure, retryAfterSeconds: retryAfter })
}

/** The JSON of a reply, or why it is not JSON. */
export function parseReply(text: string): { json: unknown; problem?: never } | { problem: string } {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return { problem: `the reply is not JSON${htmlHintOf(text)}` }
  }
}

export const htmlHintOf = (text: string): string => (text.trimStart().startsWith('<') ? ', it looks like HTML' : '')

function reasonOf(reply: Exclude<Reply, { kind: 'text' }>, { maxBytes, setting }: OpenRequest): Reason {
  switch (reply.kind) {
    case 'status':
      return reasonOfStatus(reply, setting)
    case 'too-large':
      return ['too-large', `the reply exceeds ${maxBytes / 1e6} MB`]
    case 'timeout':
      return ['timeout', `the reply took longer than ${TIMEOUT_MS / 1000} s`]
    case 'network-error':
      return ['network', reply.reason]
  }
}

function reasonOfStatus({ status, headers }: Extract<Reply, { kind: 'status' }>, setting: string): Reason {
  const retryAfter = retryAfterSeconds(headers)
  if (status === 429) return ['rate-limited', 'too many requests (429)', retryAfter]
  if (status >= 500) return ['unavailable', `the service failed (${status})`, retryAfter]
  return ['refused', `unexpected status ${status}: check ${setting}`]
}
