/** Requests to a source that needs no key. Every reply but the wanted one is a failure that names what to do about it. */
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
  /** What is asked for, where the source is asked several times: "page 3". */
  what?: string
}

export interface OpenReply {
  text: string
  bytes: number
  /** To ask with the next time. */
  etag?: string
}

type Complaint = [reason: SourceFailureReason, detail: string, retryAfterSeconds?: number]

export async function fetchOpen(request: OpenRequest, fetch: Fetch): Promise<Result<OpenReply, SourceFailure>> {
  return readOpen(await send(request, {}, fetch), request)
}

/** 'unchanged' where the source still has what the ETag names, the one of the reply that is known already. */
export async function fetchIfChanged(
  request: OpenRequest,
  etag: string | undefined,
  fetch: Fetch,
): Promise<Result<OpenReply | 'unchanged', SourceFailure>> {
  if (etag === undefined) return fetchOpen(request, fetch)
  const reply = await send(request, { 'if-none-match': etag }, fetch)
  return reply.came === 'status' && reply.status === 304 ? ok('unchanged') : readOpen(reply, request)
}

function send({ url, accept, maxBytes }: OpenRequest, headers: Record<string, string>, fetch: Fetch): Promise<Reply> {
  return fetchBounded({ url, headers: { accept, ...headers }, timeoutMs: TIMEOUT_MS, maxBytes }, fetch)
}

function readOpen(reply: Reply, request: OpenRequest): Result<OpenReply, SourceFailure> {
  if (reply.came !== 'text') {
    const [reason, detail, retryAfter] = complaintOf(reply, request)
    const what = request.what === undefined ? detail : `${request.what}: ${detail}`
    return openSourceFailure(request.source, reason, what, retryAfter)
  }
  const tag = reply.headers.get('etag')
  return ok({ text: reply.text, bytes: reply.bytes, ...(tag !== null && { etag: tag }) })
}

export function openSourceFailure(
  source: string,
  ...[reason, detail, retryAfter]: Complaint
): { ok: false; failure: SourceFailure } {
  const failure: SourceFailure = { code: 'source-failed', reason, detail: `Cannot read ${source}: ${detail}` }
  return fail(retryAfter === undefined ? failure : { ...failure, retryAfterSeconds: retryAfter })
}

/** JSON of a reply, or what it looks like instead. */
export function parseReply(text: string): { json: unknown; problem?: never } | { problem: string } {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return { problem: `the reply is not JSON${looksOf(text)}` }
  }
}

export const looksOf = (text: string): string => (text.trimStart().startsWith('<') ? ', it looks like HTML' : '')

function complaintOf(reply: Exclude<Reply, { came: 'text' }>, { maxBytes, setting }: OpenRequest): Complaint {
  switch (reply.came) {
    case 'status':
      return complaintOfStatus(reply, setting)
    case 'too-much':
      return ['too-large', `the reply exceeds ${maxBytes / 1e6} MB`]
    case 'too-late':
      return ['timeout', `the reply took longer than ${TIMEOUT_MS / 1000} s`]
    case 'nothing':
      return ['network', reply.reason]
  }
}

function complaintOfStatus({ status, headers }: Extract<Reply, { came: 'status' }>, setting: string): Complaint {
  const retryAfter = retryAfterSeconds(headers)
  if (status === 429) return ['rate-limited', 'too many requests (429)', retryAfter]
  if (status >= 500) return ['unavailable', `the service failed (${status})`, retryAfter]
  return ['refused', `unexpected status ${status}: check ${setting}`]
}
