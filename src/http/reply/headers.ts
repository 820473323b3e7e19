/** The headers that responses have in common: who may read them, for how long they may be kept, and what guards a browser. */
import { type Config, readsArePublic } from '../../config.ts'
import { BoundedMap } from '../../edge/bounded-map.ts'
import type { Answer, Exchange, Lifetime } from '../exchange.ts'
import { allowedOrigin, EXPOSED_HEADERS, originOf } from './cors.ts'

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

/** Content must be shown with credit to its sources. */
export const LICENSE_LINK = '</v1/attribution>; rel="license"'

export interface Audience {
  /** Whether pages of other origins may read the answer, as far as the settings allow. */
  cors: boolean
}

/** There are few versions, lifetimes and types at a time, and as many origins as the settings allow. */
const MAX_KNOWN = 200
const known = new BoundedMap<Headers>(MAX_KNOWN)

/** Of every answer of a kind. Made once and not to be changed: copying headers costs less than writing them. */
export function commonHeaders(
  exchange: Exchange,
  { version, lifetime }: Pick<Answer, 'version' | 'lifetime'>,
  audience: Audience,
  contentType: string | undefined,
): Headers {
  const cors = corsOf(exchange, audience)
  const cache = cacheControl(exchange.config, lifetime)
  const key = `${cors.varies} ${cors.origin} ${cache} ${contentType} ${version}`
  const present = known.get(key)
  if (present) return present
  const headers = new Headers({
    ...writeCors(cors),
    'cache-control': cache,
    ...(contentType !== undefined && { 'content-type': contentType }),
    ...(version !== undefined && { 'x-registry-version': version }),
    ...(lifetime !== 'none' && { link: LICENSE_LINK }),
  })
  known.set(key, headers, 1)
  return headers
}

/** Of an answer that is not kept. */
export function uncachedHeaders(exchange: Exchange, audience: Audience): Record<string, string> {
  return { ...writeCors(corsOf(exchange, audience)), 'cache-control': 'no-store' }
}

interface Cors {
  /** The value of `Access-Control-Allow-Origin`, if any. */
  origin?: string | undefined
  /** Whether the headers depend on the origin. */
  varies: boolean
}

function writeCors({ origin, varies }: Cors): Record<string, string> {
  const headers: Record<string, string> = { ...SECURITY_HEADERS }
  if (varies) headers.vary = 'Origin'
  if (origin === undefined) return headers
  headers['access-control-allow-origin'] = origin
  headers['access-control-expose-headers'] = EXPOSED_HEADERS
  return headers
}

function corsOf({ request, config }: Exchange, { cors }: Audience): Cors {
  if (!cors || !config.allowedOrigins.ok || config.allowedOrigins.value.length === 0) return { varies: false }
  const origin = allowedOrigin(originOf(request), config.allowedOrigins.value)
  return { origin, varies: origin !== '*' }
}

function cacheControl(config: Config, lifetime: Lifetime): string {
  return lifetime === 'none' ? 'no-store' : `${readsArePublic(config) ? 'public' : 'private'}, ${AGES[lifetime]}`
}
