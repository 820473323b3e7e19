/** Three requests to try on a registry, about things that are really in it, as `curl` lines that work as they stand. */
import type { RegistryClient } from '../../src/cli/shared/registry-client.ts'
import type { Registry } from '../../src/client/create-registry.ts'
import type { Model, ModelKey } from '../../src/core/schema/model.ts'

/** The most that a page holds. */
const MAX_VERSIONS = 500

export interface TourStops {
  /** What the models can be sorted by: the newest first where none has a score. */
  sort: '-iq' | '-releaseDate'
  model: ModelKey
  /** The oldest version that the registry has, in which there is such a model. */
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

/** Of a longer history the oldest of its newest page. */
async function findOldest(registry: Registry): Promise<string | undefined> {
  const { data } = await registry.getVersions({ limit: MAX_VERSIONS })
  return data?.at(-1)?.version
}

/** The first of the models whose price was another then, else the first that was there, else the first as it is. */
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

/** For a registry without data: how it is doing, and what it can do. */
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
