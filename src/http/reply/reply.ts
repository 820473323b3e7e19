/** Results and failures as responses. Every header is set here, in one pass: middleware would cost as much as the body. */
import type { Failure } from '../../core/failure.ts'
import { BoundedMap } from '../../edge/bounded-map.ts'
import type { TaggedView } from '../../edge/tagged-view.ts'
import type { View } from '../../views/view.ts'
import type { Answer, Exchange, Lifetime, Streamed } from '../exchange.ts'
import { problemOf, STATUS } from '../problem.ts'
import { isNotModified } from './conditional.ts'
import { allowedOrigin, EXPOSED_HEADERS } from './cors.ts'

/** A year is "forever" (RFC 9111, section 5.2.2.1). A pointer in KV lags by up to a minute anyway. */
const AGES: Record<Exclude<Lifetime, 'none'>, string> = {
  immutable: 'max-age=31536000, immutable',
  current: 'max-age=60, stale-while-revalidate=600, stale-if-error=604800',
}

export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

export interface Audience {
  /** Whether pages of other origins may read the response, if the settings allow it. */
  cors: boolean
}

export async function replyWith(exchange: Exchange, answer: Answer, audience: Audience): Promise<Response> {
  if (isMatched(exchange, answer.etag)) return notModified(exchange, answer, answer.etag, audience)
  const body = typeof answer.body === 'function' ? await answer.body() : answer.body
  const etag = answer.etag ?? etagOfBody(body)
  if (isMatched(exchange, etag)) return notModified(exchange, answer, etag, audience)
  const headers = headersFor(exchange, answer, etag, audience, body.contentType)
  const response = new Response('stream' in body ? body.stream : body.bytes, { headers })
  if ('total' in body && body.total !== undefined) response.headers.set('x-total-count', String(body.total))
  return withOwnHeaders(response, answer)
}

function etagOfBody(body: View | TaggedView | Streamed): string | undefined {
  return !('stream' in body) && 'etag' in body ? body.etag : undefined
}

function isMatched({ request }: Exchange, etag: string | undefined): boolean {
  return etag !== undefined && isNotModified(request.headers.get('if-none-match'), etag)
}

function notModified(exchange: Exchange, answer: Answer, etag: string | undefined, audience: Audience): Response {
  const headers = headersFor(exchange, answer, etag, audience)
  return withOwnHeaders(new Response(null, { status: STATUS.notModified, headers }), answer)
}

function withOwnHeaders(response: Response, { headers = {} }: Answer): Response {
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'link') response.headers.append(name, value)
    else response.headers.set(name, value)
  }
  return response
}

/** Content must be shown with credit to its sources. */
export const LICENSE_LINK = '</v1/attribution>; rel="license"'

/** There are few versions, lifetimes and types at a time, and as many origins as the settings allow. */
const MAX_READY = 200
const ready = new BoundedMap<Headers>(MAX_READY)

/** The headers that responses have in common are created once: copying them costs less than writing them. */
function headersFor(
  exchange: Exchange,
  { version, lifetime }: Answer,
  etag: string | undefined,
  audience: Audience,
  contentType?: string,
): Headers {
  const cors = corsOf(exchange, audience)
  const cache = cacheControl(exchange, lifetime)
  const key = `${cors.varies} ${cors.origin} ${cache} ${contentType} ${version} ${etag}`
  const known = ready.get(key)
  if (known) return known
  const headers = new Headers({
    ...headersOf(cors),
    'cache-control': cache,
    ...(contentType !== undefined && { 'content-type': contentType }),
    ...(etag !== undefined && { etag }),
    ...(version !== undefined && { 'x-registry-version': version }),
    ...(lifetime !== 'none' && { link: LICENSE_LINK }),
  })
  ready.set(key, headers, 1)
  return headers
}

export function replyWithProblem(exchange: Exchange, failure: Failure, audience: Audience): Response {
  const { status, body, headers } = problemOf(failure)
  return new Response(JSON.stringify(body, toWellFormed), {
    status,
    headers: {
      ...headersOf(corsOf(exchange, audience)),
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
  })
}

/** A problem may quote the request, and JSON can escape lone surrogates, which have no UTF-8 form. */
function toWellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value
}

export function replyEmpty(
  exchange: Exchange,
  status: number,
  extra: Record<string, string>,
  audience: Audience,
): Response {
  const headers = { ...headersOf(corsOf(exchange, audience)), 'cache-control': 'no-store', ...extra }
  return new Response(null, { status, headers })
}

interface Cors {
  /** The value of `Access-Control-Allow-Origin`, if any. */
  origin?: string | undefined
  /** Whether the headers depend on the origin. */
  varies: boolean
}

function headersOf({ origin, varies }: Cors): Record<string, string> {
  const headers: Record<string, string> = { ...SECURITY_HEADERS }
  if (varies) headers.vary = 'Origin'
  if (origin === undefined) return headers
  headers['access-control-allow-origin'] = origin
  headers['access-control-expose-headers'] = EXPOSED_HEADERS
  return headers
}

function corsOf({ request, config }: Exchange, { cors }: Audience): Cors {
  if (!cors || !config.allowedOrigins.ok || config.allowedOrigins.value.length === 0) return { varies: false }
  const origin = allowedOrigin(request.headers.get('origin'), config.allowedOrigins.value)
  return { origin, varies: origin !== '*' }
}

function cacheControl({ config }: Exchange, lifetime: Lifetime): string {
  if (lifetime === 'none') return 'no-store'
  const isPublic = config.readTokens.ok && config.readTokens.value.length === 0
  return `${isPublic ? 'public' : 'private'}, ${AGES[lifetime]}`
}
