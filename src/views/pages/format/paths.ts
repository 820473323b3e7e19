/** The paths of pages. */

/** Slashes stay readable, unless a browser would take what is between them for a step in the path. */
export function modelPath({ provider, value }: { provider: string; value: string }): string {
  const segments = value.split('/')
  const isPlain = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..')
  const rest = isPlain ? segments.map(encodeURIComponent).join('/') : encodeURIComponent(value)
  return `/models/${encodeURIComponent(provider)}/${rest}`
}

export function providerPath(provider: string): string {
  return `/providers/${encodeURIComponent(provider)}`
}

/** The query of a page: what has no value is left out. */
export type PageQuery = readonly (readonly [name: string, value: string | undefined])[]

export function withQuery(path: string, query: PageQuery): string {
  const given = query.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
  if (given.length === 0) return path
  const isPlain = given.every(([name, value]) => PLAIN.test(name) && PLAIN.test(value))
  return `${path}?${isPlain ? given.map((pair) => pair.join('=')).join('&') : new URLSearchParams(given)}`
}

/** Texts that a query contains as they are. Most are so, and a page has dozens of links with queries. */
const PLAIN = /^[\w.*-]*$/
