/** Three requests to try on a registry, about things that are really in it, as `curl` lines that work as they stand. */
import type { RegistryClient } from '../../src/cli/shared/registry-client.ts'
import type { ModelKey } from '../../src/core/schema/model.ts'

export interface TourStops {
  /** What the models can be sorted by: the newest first where none has a score. */
  sort: '-iq' | '-releaseDate'
  model: ModelKey
  /** A version that the registry has, the oldest that is known. */
  version: string
}

/** `past` is a moment to look back to. `undefined` for a registry without data. */
export async function findTourStops(
  { registry }: RegistryClient,
  past: string | undefined,
): Promise<TourStops | undefined> {
  const findFirst = async (sort: TourStops['sort']) => (await registry.searchModels({ sort, limit: 1 })).data?.[0]
  const scored = await findFirst('-iq')
  const sort = scored?.iq === undefined ? '-releaseDate' : '-iq'
  const model = sort === '-iq' ? scored : await findFirst(sort)
  const then = await (past === undefined ? registry : registry.at(past)).getVersion()
  return model && then.data ? { sort, model, version: then.data.version } : undefined
}

export interface CurlContext {
  url: string
  /** Set where reading needs a token. */
  readToken?: string
}

export function tourLines({ url, readToken }: CurlContext, { sort, model, version }: TourStops): string[] {
  const path = `/v1/models/${encodeURIComponent(model.provider)}/${encodeURI(model.value)}`
  return [
    curl(`${url}/v1/models/search?capability=reasoning&maxOutputPrice=5&sort=${sort}&limit=3`, readToken),
    curl(`${url}${path}`, readToken),
    curl(`${url}${path}?version=${version}`, readToken),
  ]
}

/** For a registry without data: how it is doing, and what it can do. */
export function emptyTourLines({ url, readToken }: CurlContext): string[] {
  return ['/v1/status', '/openapi.json', '/health'].map((path) => curl(url + path, readToken))
}

function curl(url: string, token: string | undefined): string {
  const header = token === undefined ? [] : ['-H', shellQuote(`Authorization: Bearer ${token}`)]
  return ['curl', ...header, shellQuote(url)].join(' ')
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
