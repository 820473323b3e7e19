/** Asks models.dev for its catalogue, unless it is the one that is known already. */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { type Fetch, fetchBounded, type Reply, retryAfterSeconds } from '../bounded-fetch.ts'
import { modelsDevFailure } from './failure.ts'

const TIMEOUT_MS = 30_000
/** The catalogue was 2.5 MB in July 2026. */
const MAX_BYTES = 20_000_000

export interface FetchedCatalogue {
  json: unknown
  /** To ask with the next time. */
  etag?: string
}

/** `undefined` when it is unchanged since the one with this ETag. */
export async function fetchModelsDev(
  { url, etag }: { url: string; etag?: string },
  fetch: Fetch,
): Promise<Result<FetchedCatalogue | undefined, SourceFailure>> {
  const headers = { accept: 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) }
  const reply = await fetchBounded({ url, headers, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }, fetch)
  if (reply.came === 'status' && reply.status === 304 && etag !== undefined) return ok(undefined)
  if (reply.came !== 'text') return modelsDevFailure(...complaintOf(reply))
  const tag = reply.headers.get('etag')
  try {
    return ok({ json: JSON.parse(reply.text), ...(tag !== null && { etag: tag }) })
  } catch {
    const looks = reply.text.trimStart().startsWith('<') ? ', it looks like HTML' : ''
    return modelsDevFailure('invalid', `the reply is not JSON${looks}`)
  }
}

function complaintOf(reply: Exclude<Reply, { came: 'text' }>): Parameters<typeof modelsDevFailure> {
  switch (reply.came) {
    case 'status':
      return complaintOfStatus(reply)
    case 'too-much':
      return ['too-large', `the reply exceeds ${MAX_BYTES / 1e6} MB`]
    case 'too-late':
      return ['timeout', `the reply took longer than ${TIMEOUT_MS / 1000} s`]
    case 'nothing':
      return ['network', reply.reason]
  }
}

function complaintOfStatus({
  status,
  headers,
}: {
  status: number
  headers: Headers
}): Parameters<typeof modelsDevFailure> {
  const retryAfter = retryAfterSeconds(headers)
  if (status === 429) return ['rate-limited', 'it is asked too often (429)', retryAfter]
  if (status >= 500) return ['unavailable', `the service fails (${status})`, retryAfter]
  return ['refused', `unexpected status ${status}: check MODELS_DEV_URL`]
}
