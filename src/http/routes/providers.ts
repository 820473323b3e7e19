import * as z from 'zod'
import type { FailureOf } from '../../core/failure.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { Model, Provider } from '../../core/schema/model.ts'
import { jsonListView, jsonView } from '../../views/json-view.ts'
import { VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { answerItem, answerList } from '../versioned.ts'

const FAILURES = ['not-found', 'ambiguous-version', 'empty-registry'] as const

const providers = defineRoute({
  method: 'GET',
  path: '/v1/providers',
  access: 'reader',
  summary: 'All providers',
  query: VERSION_QUERY,
  response: { description: 'Providers, sorted by value', schema: z.array(Provider) },
  failures: FAILURES,
  handle: (exchange, _params, query) =>
    answerList(exchange, query, '/v1/providers', ({ manifest }) => jsonListView(manifest.providers)),
})

const provider = defineRoute({
  method: 'GET',
  path: '/v1/providers/:provider',
  access: 'reader',
  summary: 'One provider',
  query: VERSION_QUERY,
  response: { description: 'The provider', schema: Provider },
  failures: FAILURES,
  handle(exchange, { provider: value = '' }, query) {
    const key = `/v1/providers/${encodeURIComponent(value)}`
    const render = (version: { provider(value: string): Provider | undefined }) => {
      const found = version.provider(value)
      return found && jsonView(found)
    }
    return answerItem(exchange, query, key, render, (version) => noProvider(value, version))
  },
})

const providerModels = defineRoute({
  method: 'GET',
  path: '/v1/providers/:provider/models',
  access: 'reader',
  summary: 'The models of one provider',
  query: VERSION_QUERY,
  response: { description: 'Models, sorted by value', schema: z.array(Model) },
  failures: FAILURES,
  handle(exchange, { provider: value = '' }, query) {
    const key = `/v1/providers/${encodeURIComponent(value)}/models`
    return answerItem(
      exchange,
      query,
      key,
      (version) =>
        version.provider(value) && jsonListView(version.manifest.models.filter((model) => model.provider === value)),
      (version) => noProvider(value, version),
    )
  },
})

function noProvider(value: string, { version }: Pointer): FailureOf<'not-found'> {
  return { code: 'not-found', detail: `Cannot read provider "${value}": ${version} has no such provider` }
}

export const providerRoutes = [providers, provider, providerModels]
