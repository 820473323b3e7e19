import * as z from 'zod'
import { canonicalize } from '../../core/canonical.ts'
import type { Failure } from '../../core/failure.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { Model } from '../../core/schema/model.ts'
import type { Variant } from '../../core/search/collapse.ts'
import { labsOf, unknownNames } from '../../core/search/refusals.ts'
import { type ModelFilter, searchModels } from '../../core/search/search.ts'
import { CAPABILITIES, MODEL_TYPES, SORT_KEYS, STATUSES } from '../../core/vocabulary.ts'
import type { LoadedVersion } from '../../edge/loaded-version.ts'
import { loadVersion } from '../../edge/read-version.ts'
import { jsonListView } from '../../views/json-view.ts'
import type { Exchange } from '../exchange.ts'
import { flagParam, numberParam, VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { invalidNames } from '../unknown-provider.ts'
import { answerItem } from '../versioned.ts'

const MAX_PAGE = 1000
const score = numberParam(z.int().min(0).max(5)).optional()
const amount = numberParam(z.number().nonnegative()).optional()
const sortKeys = [...SORT_KEYS, ...SORT_KEYS.map((key) => `-${key}` as const)] as const

const SEARCH_QUERY = VERSION_QUERY.extend({
  q: z.string().regex(/\S/, 'is empty').optional().meta({
    description: 'Words, all of which occur in name, value, provider, lab, family or sdk.model, in any case',
  }),
  name: z.string().optional().meta({ description: 'Part of the name, value, alias or sdk.model, in any case' }),
  model: z.string().optional().meta({ description: 'An id as of one model, at every provider' }),
  provider: z.array(z.string()).optional().meta({ description: 'Any of these providers' }),
  lab: z.array(z.string()).optional().meta({ description: 'Any of these labs' }),
  family: z.array(z.string()).optional().meta({ description: 'Any of these families' }),
  type: z.array(z.enum(MODEL_TYPES)).optional().meta({ description: 'Any of these' }),
  status: z.array(z.enum(STATUSES)).optional().meta({ description: 'Any of these' }),
  capability: z.array(z.enum(CAPABILITIES)).optional().meta({ description: 'All of these' }),
  firstParty: flagParam('Whether its own lab offers it'),
  openWeights: flagParam('Whether the weights may be downloaded'),
  minIq: score,
  minSpeed: score,
  minContextWindow: numberParam(z.int().nonnegative()).optional().meta({ description: 'Tokens' }),
  maxInputPrice: amount.meta({ description: 'USD per 1M tokens' }),
  maxOutputPrice: amount.meta({ description: 'USD per 1M tokens' }),
  releaseDateFrom: z.iso.date().optional().meta({ description: 'YYYY-MM-DD, inclusive' }),
  releaseDateTo: z.iso.date().optional().meta({ description: 'YYYY-MM-DD, inclusive' }),
  collapse: z.literal('family').optional().meta({
    description: 'One model for each provider and family among those that match, its head, with variants of all',
  }),
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
    .meta({ description: 'With collapse: all of the family that match, the head first, then the best' }),
}).meta({ id: 'FoundModel', description: 'A model that a search found' })

const search = {
  method: 'GET',
  access: 'reader',
  query: SEARCH_QUERY,
  response: { description: 'Models; X-Total-Count counts them before paging', schema: z.array(FoundModel) },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  handle(exchange: Exchange, _params: unknown, { version, at, ...filter }: z.infer<typeof SEARCH_QUERY>) {
    const render = (loaded: LoadedVersion) => {
      if (unknownIn(loaded, filter).length > 0) return undefined
      const { models, total } = searchModels(loaded.manifest.models, filter)
      return jsonListView(models, total)
    }
    const missing = (pointer: Pointer) => refuseNames(exchange, pointer, filter)
    return answerItem(exchange, { version, at }, `/v1/models?${canonicalize(filter)}`, render, missing)
  },
} as const

async function refuseNames({ tiers }: Exchange, pointer: Pointer, filter: ModelFilter): Promise<Failure> {
  return invalidNames(unknownIn(await loadVersion(tiers, pointer), filter))
}

function unknownIn(loaded: LoadedVersion, filter: ModelFilter) {
  const labs = filter.lab ? labsOf(loaded.manifest.models) : []
  return unknownNames(filter, { providers: Object.keys(loaded.index.parts), labs })
}

const models = defineRoute({ ...search, path: '/v1/models', summary: 'All models, or those that match' })
const searched = defineRoute({ ...search, path: '/v1/models/search', summary: 'Models that match' })

export const searchRoutes = [models, searched]
