/** Which origins may read. A refused origin gets the body without CORS headers: the browser keeps it from the page. */

export const EXPOSED_HEADERS = 'ETag, X-Registry-Version, X-Total-Count, Link'
const MAX_PREFLIGHT_SECONDS = 86_400

/** The value of `Access-Control-Allow-Origin`, or `undefined` for none. */
export function allowedOrigin(origin: string | null, allowed: readonly string[]): string | undefined {
  if (allowed.includes('*')) return '*'
  if (origin === null) return undefined
  return allowed.some((rule) => isAllowedBy(rule.toLowerCase(), origin.toLowerCase())) ? origin : undefined
}

export function preflightHeaders(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    'access-control-allow-headers': 'Authorization, If-None-Match',
    'access-control-max-age': String(MAX_PREFLIGHT_SECONDS),
    vary: 'Origin',
  }
}

/** `https://*.example.com` takes its subdomains at any depth, neither the apex nor `https://evilexample.com`. */
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
