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
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
