/** Answers and failures as responses. Every header is set here, in one pass: middleware would cost as much as the body. */
import type { Failure } from '../core/failure.ts'
import { isNotModified } from './conditional.ts'
import { allowedOrigin, EXPOSED_HEADERS } from './cors.ts'
import type { Answer, Exchange, Lifetime } from './exchange.ts'
import { problemOf, STATUS } from './problem.ts'

/** A year is "for ever" (RFC 9111, section 5.2.2.1). A pointer in KV lags by up to a minute anyway. */
const AGES: Record<Exclude<Lifetime, 'none'>, string> = {
  immutable: 'max-age=31536000, immutable',
  current: 'max-age=60, stale-while-revalidate=600, stale-if-error=604800',
}

const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

export interface Audience {
  /** Whether pages of other origins may read the answer, as far as the settings allow. */
  cors: boolean
}

export async function replyWith(exchange: Exchange, answer: Answer, audience: Audience): Promise<Response> {
  const headers = headersOf(exchange, audience)
  headers['cache-control'] = cacheControl(exchange, answer.lifetime)
  if (answer.version) {
    headers.etag = answer.version.etag
    headers['x-registry-version'] = answer.version.version
    if (isNotModified(exchange.request.headers.get('if-none-match'), answer.version.etag))
      return new Response(null, { status: STATUS.notModified, headers: { ...headers, ...answer.headers } })
  }
  const body = typeof answer.body === 'function' ? await answer.body() : answer.body
  headers['content-type'] = answer.contentType ?? 'application/json'
  if ('total' in body && body.total !== undefined) headers['x-total-count'] = String(body.total)
  return new Response('stream' in body ? body.stream : body.bytes, { headers: { ...headers, ...answer.headers } })
}

export function replyWithProblem(exchange: Exchange, failure: Failure, audience: Audience): Response {
  const { status, body, headers } = problemOf(failure)
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...headersOf(exchange, audience),
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
  })
}

export function replyEmpty(
  exchange: Exchange,
  status: number,
  extra: Record<string, string>,
  audience: Audience,
): Response {
  const headers = { ...headersOf(exchange, audience), 'cache-control': 'no-store', ...extra }
  return new Response(null, { status, headers })
}

function headersOf({ request, config }: Exchange, { cors }: Audience): Record<string, string> {
  const headers: Record<string, string> = { ...SECURITY_HEADERS }
  if (!cors || !config.allowedOrigins.ok || config.allowedOrigins.value.length === 0) return headers
  const origin = allowedOrigin(request.headers.get('origin'), config.allowedOrigins.value)
  if (origin !== '*') headers.vary = 'Origin'
  if (origin === undefined) return headers
  headers['access-control-allow-origin'] = origin
  headers['access-control-expose-headers'] = EXPOSED_HEADERS
  return headers
}

function cacheControl({ config }: Exchange, lifetime: Lifetime): string {
  if (lifetime === 'none') return 'no-store'
  const isPublic = config.readTokens.ok && config.readTokens.value.length === 0
  return `${isPublic ? 'public' : 'private'}, ${AGES[lifetime]}`
}
