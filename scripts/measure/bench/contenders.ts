/** What is measured: requests to the registry, and requests to its neighbours that do the least of the same. */
import { RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import type { Harness } from '../workerd/harness.ts'
import type { Target } from './http-loop.ts'

type Neighbouring = 'hello' | 'bytes' | 'object' | 'plain'
type Served = 'manifest' | 'not modified' | 'version' | 'search' | 'new search' | 'model' | 'past version'
export type Contender = Neighbouring | Served

const SEARCH = '/v1/models/search?capability=vision&minIq=3'
/** Those that are asked for; new searches push some of what is in memory out, which is read again in no time. */
const ASKED_MODELS = 50
/** Above every price, so that each new search finds the same. */
const NO_PRICE = 1_000_000

/** A page of another origin asks, as most that are not servers do. */
export const ORIGIN = 'https://app.example.com'

/** The registry must hold `versions` of them, of which the newest is not past. */
export async function contendersOf(harness: Harness, versions: number): Promise<Record<Contender, Target>> {
  const { etag, models } = await new RegistryClient({ url: harness.url }).read('Cannot measure', (registry) =>
    registry.getManifest(),
  )
  const headers = { origin: ORIGIN }
  const get = (url: string, path: Target['path']): Target => ({ url, path, headers, status: 200 })
  const call = (url: string, seqOf: (count: number) => number): Target => {
    return { url, path: () => '/', body: (count) => JSON.stringify(['manifest', seqOf(count)]), status: 200 }
  }
  const modelPaths = models.slice(0, ASKED_MODELS).map(({ provider, value }) => `/v1/models/${provider}/${value}`)
  const manifest = get(harness.url, () => '/v1/manifest')
  // In this order in each round: what leaves much garbage behind comes last, where least is measured after it.
  return {
    hello: get(harness.urlOf('hello'), () => '/'),
    'not modified': { ...manifest, headers: { ...headers, 'if-none-match': etag }, status: 304 },
    version: get(harness.url, () => '/v1/version'),
    model: get(harness.url, (count) => modelPaths[count % modelPaths.length] ?? ''),
    bytes: get(harness.urlOf('bytes'), () => '/'),
    manifest,
    search: get(harness.url, () => SEARCH),
    object: call(harness.urlOf('object-probe'), () => versions),
    'past version': call(harness.urlOf('probe'), (count) => 1 + (count % (versions - 1))),
    plain: get(harness.urlOf('plain'), () => SEARCH),
    'new search': get(harness.url, (count) => `${SEARCH}&maxInputPrice=${NO_PRICE + count}`),
  }
}
