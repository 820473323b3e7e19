import type { FailureOf } from '../../core/failure.ts'
import { etagOf } from '../../core/manifest/version.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { missingProvider } from '../../core/search/refusals.ts'
import { loadParts } from '../../edge/parts/read-parts.ts'
import type { VersionParts } from '../../edge/parts/version-parts.ts'
import { storedJsonView } from '../../views/json-view.ts'
import { listOfSlices } from '../../views/part-views.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import type { Answered, Exchange } from '../exchange.ts'
import { VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { answerItem, answerList, type VersionQuery } from '../versioned.ts'

const FAILURES = ['not-found', 'ambiguous-version', 'empty-registry'] as const

const providers = defineRoute({
  method: 'GET',
  path: '/v1/providers',
  access: 'reader',
  summary: 'All providers',
  query: VERSION_QUERY,
  response: { description: 'Providers, sorted by value', schema: () => bodies().then(({ Providers }) => Providers) },
  failures: FAILURES,
  handle: (exchange, _params, query) =>
    answerList(exchange, query, '/v1/providers', (version) =>
      listOfSlices(version.providers.flatMap((value) => version.provider(value) ?? [])),
    ),
})

const provider = defineRoute({
  method: 'GET',
  path: '/v1/providers/:provider',
  access: 'reader',
  summary: 'One provider',
  query: VERSION_QUERY,
  response: { description: 'The provider', schema: () => bodies().then(({ Provider }) => Provider) },
  failures: FAILURES,
  handle: (exchange, { provider: value = '' }, query) =>
    // A copy: kept with the view, a slice would keep the whole manifest of a past version.
    answerPart(exchange, query, value, '', (version) => version.provider(value)?.slice()),
})

const providerModels = defineRoute({
  method: 'GET',
  path: '/v1/providers/:provider/models',
  access: 'reader',
  summary: 'The models of one provider',
  query: VERSION_QUERY,
  response: { description: 'Models, sorted by value', schema: () => bodies().then(({ Models }) => Models) },
  failures: FAILURES,
  handle: (exchange, { provider: value = '' }, query) =>
    answerPart(exchange, query, value, '/models', (version) => {
      const models = version.models(value)
      return models && listOfSlices([models]).bytes
    }),
})

/** A view of a single part has the digest of that part as its ETag. */
function answerPart(
  exchange: Exchange,
  query: VersionQuery,
  value: string,
  suffix: string,
  read: (version: VersionParts) => Uint8Array | undefined,
): Promise<Answered> {
  const render = (version: VersionParts) => {
    const bytes = read(version)
    const digest = version.index.parts[value]?.digest
    return bytes && digest ? { ...storedJsonView(bytes), etag: etagOf(digest) } : undefined
  }
  const key = `/v1/providers/${encodeURIComponent(value)}${suffix}`
  return answerItem(exchange, query, key, [value], render, (version) => noProvider(exchange, value, version))
}

async function noProvider({ tiers }: Exchange, value: string, pointer: Pointer): Promise<FailureOf<'not-found'>> {
  const { index } = await loadParts(tiers, pointer, [])
  return { code: 'not-found', detail: missingProvider(pointer.version, value, Object.keys(index.parts)) }
}

export const providerRoutes = [providers, provider, providerModels]
