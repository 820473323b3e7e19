import * as z from 'zod'
import { canonicalize } from '../../core/canonical.ts'
import { type Failure, fail, ok } from '../../core/failure.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { Model, type ModelKey } from '../../core/schema/model.ts'
import { ExplainedModel } from '../../core/schema/operations.ts'
import type { Variant } from '../../core/search/collapse.ts'
import { searchModels } from '../../core/search/search.ts'
import { CAPABILITIES, SORT_KEYS, STATUSES } from '../../core/vocabulary.ts'
import { jsonListView, jsonView, storedJsonView } from '../../views/json-view.ts'
import type { Answered, Exchange } from '../exchange.ts'
import { currentRow } from '../recorded.ts'
import { flagParam, numberParam, VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { answerItem, answerList } from '../versioned.ts'

const MAX_PAGE = 1000
const score = numberParam(z.int().min(0).max(5)).optional()
const amount = numberParam(z.number().nonnegative()).optional()
const sortKeys = [...SORT_KEYS, ...SORT_KEYS.map((key) => `-${key}` as const)] as const

const SEARCH_QUERY = VERSION_QUERY.extend({
  name: z.string().optional().meta({ description: 'Part of the name, value, alias or sdk.model, in any case' }),
  provider: z.array(z.string()).optional().meta({ description: 'Any of these providers' }),
  status: z.array(z.enum(STATUSES)).optional().meta({ description: 'Any of these' }),
  capability: z.array(z.enum(CAPABILITIES)).optional().meta({ description: 'All of these' }),
  minIq: score,
  minSpeed: score,
  minContextWindow: numberParam(z.int().nonnegative()).optional().meta({ description: 'Tokens' }),
  maxInputPrice: amount.meta({ description: 'USD per 1M tokens' }),
  maxOutputPrice: amount.meta({ description: 'USD per 1M tokens' }),
  releaseDateFrom: z.iso.date().optional().meta({ description: 'YYYY-MM-DD, inclusive' }),
  releaseDateTo: z.iso.date().optional().meta({ description: 'YYYY-MM-DD, inclusive' }),
  openWeights: flagParam('Whether the weights may be downloaded'),
  collapse: z
    .literal('family')
    .optional()
    .meta({ description: 'One model for each family among those that match, the best, with variants of all' }),
  sort: z
    .enum(sortKeys)
    .optional()
    .meta({ description: 'With "-" in front descending; models without the fact come last' }),
  limit: numberParam(z.int().min(1).max(MAX_PAGE)).optional().meta({ description: 'Default: all' }),
  offset: numberParam(z.int().nonnegative()).optional(),
})

const variantFacts = { value: true, effort: true, iq: true, speed: true, pricing: true } satisfies Record<
  keyof Variant,
  true
>
const FoundModel = Model.extend({
  variants: z
    .array(Model.pick(variantFacts))
    .optional()
    .meta({ description: 'With collapse: all of the family that match, best first' }),
}).meta({ id: 'FoundModel', description: 'A model that a search found' })

const search = {
  method: 'GET',
  access: 'reader',
  query: SEARCH_QUERY,
  response: { description: 'Models; X-Total-Count counts them before paging', schema: z.array(FoundModel) },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  handle(exchange: Exchange, _params: unknown, { version, at, ...filter }: z.infer<typeof SEARCH_QUERY>) {
    return answerList(exchange, { version, at }, `/v1/models?${canonicalize(filter)}`, ({ manifest }) => {
      const { models, total } = searchModels(manifest.models, filter)
      return jsonListView(models, total)
    })
  },
} as const

const models = defineRoute({ ...search, path: '/v1/models', summary: 'All models, or those that match' })
const searched = defineRoute({ ...search, path: '/v1/models/search', summary: 'Models that match' })

const MODEL_QUERY = VERSION_QUERY.extend({
  provenance: flagParam('Also say where each fact comes from; of the current version only'),
})

const model = defineRoute({
  method: 'GET',
  path: '/v1/models/:provider/:value{[^]+}',
  access: 'reader',
  summary: 'One model; the rest of the path is its value',
  query: MODEL_QUERY,
  response: { description: 'The model', schema: ExplainedModel },
  failures: ['not-found', 'ambiguous-version', 'conflict', 'configuration', 'empty-registry'],
  handle(exchange, { provider = '', value = '' }, { provenance = false, ...query }) {
    if (provenance) return answerExplained(exchange, { provider, value }, query)
    return answerItem(
      exchange,
      query,
      `/v1/models/${encodeURIComponent(provider)}/${encodeURIComponent(value)}`,
      (version) => {
        const found = version.model(provider, value)
        return found && jsonView(found)
      },
      (version) => noModel(exchange, { provider, value }, version),
    )
  },
})

async function answerExplained(
  exchange: Exchange,
  key: ModelKey,
  query: z.infer<typeof VERSION_QUERY>,
): Promise<Answered> {
  const past = query.version === undefined ? query.at && 'at' : 'version'
  if (past) {
    const errors = [
      { field: past, message: 'cannot be combined with "provenance": it is known of the current version' },
    ]
    return fail({ code: 'invalid-request', detail: `Cannot tell where facts came from: "${past}" is given`, errors })
  }
  const row = await currentRow(exchange)
  if (!row.ok) return row
  const explained = await exchange.registry.explain(key)
  if (!explained.ok) return explained
  if (!explained.value) return fail(await noModel(exchange, key, row.value))
  return ok({ body: storedJsonView(explained.value), lifetime: 'none' })
}

async function noModel({ tiers }: Exchange, key: ModelKey, { version }: Pointer): Promise<Failure> {
  const seen = await tiers.registry.lastSeen(key)
  const detail = `Cannot read model "${key.provider}/${key.value}": ${version} has no such model`
  return {
    code: 'not-found',
    detail: seen ? `${detail}, ${seen.lastVersion} was the last that had it` : detail,
    ...seen,
  }
}

export const modelRoutes = [models, searched, model]
