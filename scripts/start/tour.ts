/** Three requests to try on a registry, about things that are really in it, as `curl` lines that work as they stand. */
import * as z from 'zod'
import type { ModelKey } from '../../src/core/schema.ts'
import type { RegistryClient } from '../registry-client.ts'

export interface TourStops {
  model: ModelKey
  /** A version that the registry has, the oldest that is known. */
  version: string
}

const Models = z.array(z.object({ provider: z.string(), value: z.string() }))
const Version = z.object({ version: z.string() })

/** `past` is a moment to look back to. `undefined` for a registry without data. */
export async function findTourStops(client: RegistryClient, past: string | undefined): Promise<TourStops | undefined> {
  const models = Models.safeParse((await client.get('/v1/models/search?sort=-iq&limit=1')).body)
  const then = Version.safeParse((await client.get(`/v1/version${past ? `?at=${encodeURIComponent(past)}` : ''}`)).body)
  const model = models.data?.[0]
  return model && then.success ? { model, version: then.data.version } : undefined
}

export interface CurlContext {
  url: string
  /** Set where reading needs a token. */
  readToken?: string
}

export function tourLines({ url, readToken }: CurlContext, { model, version }: TourStops): string[] {
  const path = `/v1/models/${encodeURIComponent(model.provider)}/${encodeURI(model.value)}`
  return [
    curl(`${url}/v1/models/search?capability=reasoning&maxOutputPrice=5&sort=-iq&limit=3`, readToken),
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
