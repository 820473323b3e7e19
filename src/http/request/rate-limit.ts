/**
 * Limits by the network that a request comes from, if the binding exists. Cloudflare counts per location rather than
 * globally, so a limit bounds the load on one location and does not enforce a quota.
 */

/** The period of the rate-limiting bindings in wrangler.toml. */
export const LIMIT_PERIOD_SECONDS = 60

/** A limiter that fails lets every request pass, like one that is not bound. */
export async function isLimited(limiter: RateLimit | undefined, request: Request): Promise<boolean> {
  const key = networkOf(request.headers.get('cf-connecting-ip') ?? 'unknown')
  try {
    return limiter !== undefined && !(await limiter.limit({ key })).success
  } catch (error) {
    console.error(`Cannot apply the rate limit: ${error instanceof Error ? error.message : error}`)
    return false
  }
}

const GROUPS = 8
const NETWORK_GROUPS = 4

/** An IPv6 subscriber has a whole /64 of addresses: they count as one. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [start = '', end] = address.split('::', 2)
  const groupsOf = (text: string) => (text === '' ? [] : text.split(':'))
  const missing = end === undefined ? 0 : GROUPS - groupsOf(start).length - groupsOf(end).length
  const groups = [...groupsOf(start), ...Array(Math.max(missing, 0)).fill('0'), ...groupsOf(end ?? '')]
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}
