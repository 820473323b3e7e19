import { fail, ok } from '../../core/failure.ts'
import type { Model, ModelKey } from '../../core/schema/model.ts'
import { partsOf } from '../../edge/parts/read-parts.ts'
import { offersView } from '../../edge/versions/search-version.ts'
import { SEARCHABLE } from '../../edge/versions/searchable-version.ts'
import { storedJsonView } from '../../views/json-view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import type { Answered, Exchange } from '../exchange.ts'
import { currentCommit } from '../recorded.ts'
import { flagParam } from '../request/params.ts'
import { VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import type { VersionQuery } from '../versioned.ts'
import { answerModel, locationHeaders, resolveModel } from '../which-model.ts'

const FAILURES = ['not-found', 'ambiguous-version', 'ambiguous-model', 'empty-registry'] as const

const MODEL_QUERY = {
  ...VERSION_QUERY,
  provenance: flagParam('Include the source of each fact; for the current version only'),
}

const model = defineRoute({
  method: 'GET',
  path: '/v1/models/:provider/:value{[^]+}',
  access: 'reader',
  summary: 'One model, by its value or another of its ids; the id may contain slashes',
  query: MODEL_QUERY,
  response: {
    description: 'The model; if it was found by another id, Content-Location names its value',
    schema: () => bodies().then(({ ExplainedModel }) => ExplainedModel),
  },
  failures: [...FAILURES, 'conflict', 'configuration'],
  handle(exchange, { provider = '', value = '' }, { provenance = false, ...query }) {
    if (provenance) return answerExplained(exchange, { provider, value }, query)
    return answerModel(exchange, query, { provider, value }, '', partsOf([provider]), (_version, found) =>
      storedJsonView(found.slice()),
    )
  },
})

const offers = defineRoute({
  method: 'GET',
  path: '/v1/models/:provider/:value{[^]+}/offers',
  access: 'reader',
  summary: 'The family of a model at every provider, cheapest first',
  query: VERSION_QUERY,
  response: {
    description: 'Models by blended price, unknown prices last; ties by provider, then value',
    schema: () => bodies().then(({ Offers }) => Offers),
  },
  failures: FAILURES,
  handle: (exchange, { provider = '', value = '' }, query) =>
    answerModel(exchange, query, { provider, value }, '/offers', SEARCHABLE, (searched, model) => {
      const { family }: Model = JSON.parse(new TextDecoder().decode(model))
      return offersView(searched, family)
    }),
})

async function answerExplained(exchange: Exchange, key: ModelKey, query: VersionQuery): Promise<Answered> {
  const past = query.version === undefined ? query.at && 'at' : 'version'
  if (past) {
    const errors = [
      { field: past, message: 'cannot be combined with "provenance", which exists for the current version only' },
    ]
    return fail({
      code: 'invalid-request',
      detail: `Cannot return provenance of a past version: "${past}" is given`,
      errors,
    })
  }
  const row = await currentCommit(exchange)
  if (!row.ok) return row
  const explained = await exchange.registry.explain(key)
  if (!explained.ok) return explained
  if (explained.value) return ok({ body: storedJsonView(explained.value), lifetime: 'none' })
  const meant = await resolveModel(exchange, row.value, key)
  return meant.ok ? answerMeant(exchange, meant.value) : meant
}

async function answerMeant(exchange: Exchange, key: ModelKey): Promise<Answered> {
  const explained = await exchange.registry.explain(key)
  if (!explained.ok) return explained
  // A commit between the two reads may have removed the model.
  if (!explained.value)
    return fail({
      code: 'not-found',
      detail: `Cannot read model "${key.provider}/${key.value}": it has just been removed`,
    })
  const headers = locationHeaders(exchange, key, '')
  return ok({ body: storedJsonView(explained.value), lifetime: 'none', headers })
}

// Before the model itself, whose value may hold a slash.
export const modelRoutes = [offers, model]
