/** The measured requests: to the registry, and to baseline Workers that do the minimum of the same work. */
import { RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import type { Harness } from '../workerd/harness.ts'
import type { Target } from './http-loop.ts'

type Neighbouring = 'hello' | 'bytes' | 'provider bytes' | 'past bytes' | 'part bytes'
/** Bare Workers that do the least that an answer takes. */
type Floor = 'version floor' | 'model floor' | 'search floor' | 'provider floor'
type Served =
  | 'manifest'
  | 'provider models'
  | 'not modified'
  | 'version'
  | 'model'
  | 'new search'
  | 'past manifest'
  | 'past part'
  | 'prices'
  | 'cost'
export type Contender = Neighbouring | Floor | Served

export const SEARCH = '/v1/models/search?capability=vision&minIq=3&sort=price&limit=50'
/** Those that are requested in turn. */
const ASKED_MODELS = 50
/** Above every price, so that each new search finds the same. */
const NO_PRICE = 1_000_000
/** Of one request, as most APIs return it. */
const USAGE = { prompt_tokens: 1200, completion_tokens: 300 }
const PROVIDER_PATH = '/v1/providers/openai/models'

/** Requests come from a page of another origin, as most requests that are not from servers. */
export const ORIGIN = 'https://app.example.com'

/** `seqs` is how many versions are past, and `part` one of theirs. */
export async function contendersOf(
  harness: Harness,
  seqs: number,
  { path: part, digest }: PastPart,
): Promise<Record<Contender, Target>> {
  const client = new RegistryClient({ url: harness.url })
  const { etag, models } = await client.read('Cannot measure', (registry) => registry.getManifest())
  const provider = models.some((model) => model.provider === 'openai')
    ? PROVIDER_PATH
    : '/v1/providers/provider-0/models'
  const headers = { origin: ORIGIN }
  const get = (url: string, path: Target['path']): Target => ({ url, path, headers, status: 200 })
  const call = (url: string, ...args: string[]): Target => {
    return { url, path: () => '/', body: () => JSON.stringify(args), status: 200 }
  }
  const asked = models.slice(0, ASKED_MODELS)
  const modelPaths = asked.map(({ provider, value }) => modelPath(provider, value))
  const pathOf = (count: number) => modelPaths[count % modelPaths.length] ?? ''
  const searchPath = (count: number) => `${SEARCH}&maxInputPrice=${NO_PRICE + count}`
  const bodies = asked.map(({ provider, value }) => JSON.stringify([{ provider, model: value, usage: USAGE }]))
  const manifest = get(harness.url, () => '/v1/manifest')
  const [bytes, answers] = [harness.urlOf('bytes'), harness.urlOf('answers')]
  const [object, probe] = [harness.urlOf('object-probe'), harness.urlOf('probe')]
  // In this order in each round: requests that leave much garbage come last, so that they affect few others.
  return {
    hello: get(harness.urlOf('hello'), () => '/'),
    'not modified': { ...manifest, headers: { ...headers, 'if-none-match': etag }, status: 304 },
    version: get(harness.url, () => '/v1/version'),
    'version floor': get(answers, () => '/v1/version'),
    model: get(harness.url, pathOf),
    'model floor': get(answers, pathOf),
    prices: get(harness.url, (count) => `${pathOf(count)}/prices`),
    cost: { ...get(harness.url, () => '/v1/cost'), body: (count) => bodies[count % bodies.length] ?? '' },
    'new search': get(harness.url, searchPath),
    'search floor': get(harness.urlOf('joined'), searchPath),
    'provider bytes': get(bytes, () => provider),
    'provider floor': get(answers, () => provider),
    'provider models': get(harness.url, () => provider),
    bytes: get(bytes, () => '/v1/manifest'),
    manifest,
    'part bytes': call(object, 'bytes', part),
    'past part': call(probe, 'part', digest),
    'past bytes': call(object, 'bytes', '/v1/manifest'),
    'past manifest': { ...call(probe), body: (count) => JSON.stringify(['manifest', 1 + (count % seqs)]) },
  }
}

export interface PastPart {
  path: string
  digest: string
}

/** The largest part of a version that the newest does not have. */
export async function findPastPart(harness: Harness, version: string): Promise<PastPart> {
  const digests = async (query: string): Promise<string[]> =>
    Object.values((await (await fetch(`${harness.url}/v1/parts${query}`)).json()) as Record<string, string>)
  const current = await digests('')
  const past = (await digests(`?version=${version}`)).filter((digest) => !current.includes(digest))
  const sizes = await Promise.all(
    past.map(async (digest) => (await (await fetch(`${harness.url}/v1/parts/${digest}`)).arrayBuffer()).byteLength),
  )
  const digest = past[sizes.indexOf(Math.max(...sizes))] ?? ''
  return { path: `/v1/parts/${digest}`, digest }
}

function modelPath(provider: string, value: string): string {
  return `/v1/models/${encodeURIComponent(provider)}/${encodeURIComponent(value)}`
}
