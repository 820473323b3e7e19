/** Which origins may read. A refused origin gets the body without CORS headers: the browser withholds it from the page. */

export const EXPOSED_HEADERS = 'ETag, X-Registry-Version, X-Total-Count, Link, Content-Location, Retry-After'
const MAX_PREFLIGHT_SECONDS = 86_400
/** A scheme, a host name of at most 253 characters (RFC 1035, section 2.3.4) and a port. */
const MAX_ORIGIN_LENGTH = 300

/** A longer one is none: headers are kept by their origin, and a request may have 128 KB of them. */
export function originOf({ headers }: Request): string | null {
  const origin = headers.get('origin')
  return origin !== null && origin.length > MAX_ORIGIN_LENGTH ? null : origin
}

/** The value of `Access-Control-Allow-Origin`, or `undefined` for none. */
export function allowedOrigin(origin: string | null, allowed: readonly string[]): string | undefined {
  if (allowed.includes('*')) return '*'
  if (origin === null) return undefined
  return allowed.some((rule) => isAllowedBy(rule.toLowerCase(), origin.toLowerCase())) ? origin : undefined
}

/** A list of header names (RFC 9110, section 5.6.2), which is safe to repeat. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~,\t -]{0,2000}$/

/**
 * A page may send any header: no read depends on one that it must not set, and tools add their own, such as for tracing.
 * `requested` is the value of `Access-Control-Request-Headers`.
 */
export function preflightHeaders(
  origin: string,
  methods: readonly string[],
  requested: string | null,
): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': methods.join(', '),
    ...(requested !== null && HEADER_NAMES.test(requested) && { 'access-control-allow-headers': requested }),
    'access-control-max-age': String(MAX_PREFLIGHT_SECONDS),
    vary: 'Origin, Access-Control-Request-Headers',
  }
}

/** `https://*.example.com` matches its subdomains at any depth, but not the apex or `https://evilexample.com`. */
function isAllowedBy(rule: string, origin: string): boolean {
  const star = rule.indexOf('//*.')
  if (star < 0) return rule === origin
  const scheme = rule.slice(0, star + 2)
  const suffix = rule.slice(star + 3)
  const host = origin.slice(scheme.length)
  return (
    origin.startsWith(scheme) &&
    host.endsWith(suffix) &&
    /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host.slice(0, -suffix.length))
  )
}
