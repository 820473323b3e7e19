/** Three requests to try on a registry, about its actual content, as `curl` commands that can be run as they are. */
import type { RegistryClient } from '../../src/cli/shared/registry-client.ts'
import type { Registry } from '../../src/client/create-registry.ts'
import type { Model, ModelKey } from '../../src/core/schema/model.ts'

/** The maximum size of a page. */
const MAX_VERSIONS = 500

export interface TourStops {
  /** The sort order of the models: the newest first if none has a score. */
  sort: '-iq' | '-releaseDate'
  model: ModelKey
  /** The oldest version of the registry that has this model. */
  version: string
}

/** `undefined` for a registry without data. */
export async function findTourStops({ registry }: RegistryClient): Promise<TourStops | undefined> {
  const scored = await registry.searchModels({ sort: '-iq', minIq: 0, firstParty: true, status: 'active' })
  const newest = await registry.searchModels({ sort: '-releaseDate', limit: 1 })
  const [sort, models] = scored.data?.length
    ? (['-iq', scored.data] as const)
    : (['-releaseDate', newest.data] as const)
  const oldest = await findOldest(registry)
  const model = oldest && models?.length ? await findKnown(registry, models, oldest) : undefined
  return model && oldest ? { sort, ...model } : undefined
}

/** For a longer history, the oldest of the newest page. */
async function findOldest(registry: Registry): Promise<string | undefined> {
  const { data } = await registry.getVersions({ limit: MAX_VERSIONS })
  return data?.at(-1)?.version
}

/** The first model with a different price then, else the first that existed then, else the first in the current version. */
async function findKnown(
  registry: Registry,
  models: readonly Model[],
  oldest: string,
): Promise<Pick<TourStops, 'model' | 'version'> | undefined> {
  const { data = [] } = await registry.at(oldest).getModels()
  const past = new Map(data.map((model) => [keyOf(model), model]))
  const known = models.filter((model) => past.has(keyOf(model)))
  const repriced = known.find((model) => past.get(keyOf(model))?.pricing?.input !== model.pricing?.input)
  const model = repriced ?? known[0]
  if (model) return { model, version: oldest }
  const current = await registry.getVersion()
  return models[0] && current.data && { model: models[0], version: current.data.version }
}

const keyOf = ({ provider, value }: ModelKey): string => `${provider}/${value}`

export interface CurlContext {
  url: string
  needsToken: boolean
}

export function tourLines({ url, needsToken }: CurlContext, { sort, model, version }: TourStops): string[] {
  const path = `/v1/models/${encodeURIComponent(model.provider)}/${encodeURI(model.value)}`
  return [
    curl(`${url}/v1/models/search?capability=reasoning&maxOutputPrice=5&sort=${sort}&limit=3`, needsToken),
    curl(`${url}${path}`, needsToken),
    curl(`${url}${path}?version=${version}`, needsToken),
  ]
}

/** For a registry without data: its status and its API. */
export function emptyTourLines({ url, needsToken }: CurlContext): string[] {
  return ['/v1/status', '/openapi.json', '/health'].map((path) => curl(url + path, needsToken))
}

/** The token is not printed: terminals are shared and logs are kept. */
function curl(url: string, needsToken: boolean): string {
  const header = needsToken ? ['-H', '"Authorization: Bearer $READ_TOKEN"'] : []
  return ['curl', ...header, shellQuote(url)].join(' ')
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
