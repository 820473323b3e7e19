import { fail, ok } from '../../core/failure.ts'
import { canonicalize } from '../../core/json/canonical.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { readRecord } from '../../edge/records/read-record.ts'
import { type TaggedView, tagView } from '../../edge/tagged-view.ts'
import type { LoadedVersion } from '../../edge/versions/loaded-version.ts'
import { loadVersion } from '../../edge/versions/read-version.ts'
import { jsonView, storedJsonView } from '../../views/json-view.ts'
import { manifestOfSlices } from '../../views/part-views.ts'
import type { View } from '../../views/view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import type { Answered, Exchange } from '../exchange.ts'
import { listParam, textParam } from '../request/params.ts'
import { VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { unknownProvider } from '../unknown-provider.ts'
import { answerOf, type Chosen, chooseVersion } from '../versioned.ts'

const MANIFEST_QUERY = { ...VERSION_QUERY, provider: listParam(textParam('Only these providers')) }

const manifest = defineRoute({
  method: 'GET',
  path: '/v1/manifest',
  access: 'reader',
  summary: 'The manifest, of all or some providers',
  query: MANIFEST_QUERY,
  response: {
    description: 'The version with its providers and models',
    schema: () => bodies().then(({ Manifest }) => Manifest),
  },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, _params, { provider, ...query }) {
    const chosen = await chooseVersion(exchange, query)
    if (!chosen.ok) return chosen
    const { version } = chosen.value
    if (provider) return answerSome(exchange, chosen.value, [...new Set(provider)].sort())
    const body = async () => storedJsonView((await loadVersion(exchange.tiers, version)).bytes)
    return ok({ ...answerOf(chosen.value), etag: version.etag, body })
  },
})

async function answerSome(exchange: Exchange, chosen: Chosen, providers: string[]): Promise<Answered> {
  const { tiers } = exchange
  const pointer = chosen.version
  // A view of the commit: the head belongs to its version and is not a function of the content alone.
  const body = await readRecord(tiers, pointer, `/v1/manifest?${canonicalize({ provider: providers })}`, async () => {
    const loaded = await loadVersion(tiers, pointer, providers)
    return providers.every((provider) => loaded.has(provider)) ? someOf(loaded, providers) : undefined
  })
  if (body) return ok({ ...answerOf(chosen), body })
  const { index } = await loadVersion(tiers, pointer, [])
  return fail(
    unknownProvider(
      providers.find((provider) => !Object.hasOwn(index.parts, provider)) ?? '',
      Object.keys(index.parts),
    ),
  )
}

function someOf(loaded: LoadedVersion, providers: string[]): View {
  return manifestOfSlices(loaded.head, {
    models: providers.flatMap((provider) => loaded.models(provider) ?? []),
    providers: providers.flatMap((provider) => loaded.provider(provider) ?? []),
  })
}

const version = defineRoute({
  method: 'GET',
  path: '/v1/version',
  access: 'reader',
  summary: 'The current version',
  query: VERSION_QUERY,
  response: { description: 'Version, etag and time', schema: () => bodies().then(({ VersionId }) => VersionId) },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, _params, query) {
    const chosen = await chooseVersion(exchange, query)
    if (!chosen.ok) return chosen
    return ok({ ...answerOf(chosen.value), body: idView(chosen.value.version) })
  },
})

const idViews = new WeakMap<Pointer, TaggedView>()

/** The most frequent request of clients: rendered once per pointer. */
function idView(pointer: Pointer): TaggedView {
  const { version, etag, generatedAt } = pointer
  const known = idViews.get(pointer) ?? tagView(jsonView({ version, etag, generatedAt }))
  idViews.set(pointer, known)
  return known
}

export const manifestRoutes = [manifest, version]
