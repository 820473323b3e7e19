import { ok } from '../../core/failure.ts'
import { Manifest, type Pointer, VersionId } from '../../core/schema/history.ts'
import { loadVersion } from '../../edge/read-version.ts'
import { jsonView, storedJsonView } from '../../views/json-view.ts'
import type { View } from '../../views/view.ts'
import { VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { chooseVersion } from '../versioned.ts'

const manifest = defineRoute({
  method: 'GET',
  path: '/v1/manifest',
  access: 'reader',
  summary: 'The whole manifest',
  query: VERSION_QUERY,
  response: { description: 'Providers and models with their version', schema: Manifest },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, _params, query) {
    const chosen = await chooseVersion(exchange, query)
    if (!chosen.ok) return chosen
    const { version } = chosen.value
    const body = async () => storedJsonView((await loadVersion(exchange.tiers, version)).bytes)
    return ok({ ...chosen.value, body })
  },
})

const version = defineRoute({
  method: 'GET',
  path: '/v1/version',
  access: 'reader',
  summary: 'Which version is current',
  query: VERSION_QUERY,
  response: { description: 'Version, etag and time', schema: VersionId },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  async handle(exchange, _params, query) {
    const chosen = await chooseVersion(exchange, query)
    if (!chosen.ok) return chosen
    return ok({ ...chosen.value, body: idView(chosen.value.version) })
  },
})

const idViews = new WeakMap<Pointer, View>()

/** What clients ask most: made once for each pointer. */
function idView(pointer: Pointer): View {
  const { version, etag, generatedAt } = pointer
  const known = idViews.get(pointer) ?? jsonView({ version, etag, generatedAt })
  idViews.set(pointer, known)
  return known
}

export const manifestRoutes = [manifest, version]
