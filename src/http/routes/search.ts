import { fail, ok } from '../../core/failure.ts'
import { canonicalize } from '../../core/json/canonical.ts'
import { unknownNames } from '../../core/search/refusals.ts'
import type { ModelFilter } from '../../core/search/search.ts'
import { SORTS } from '../../core/search/search-facts.ts'
import { CAPABILITIES, MODEL_TYPES, STATUSES } from '../../core/vocabulary.ts'
import { readViewOf } from '../../edge/versions/read-version.ts'
import { searchVersion } from '../../edge/versions/search-version.ts'
import { SEARCHABLE, type SearchableVersion } from '../../edge/versions/searchable-version.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import type { Answered, Exchange } from '../exchange.ts'
import {
  checkedParam,
  countParam,
  dayParam,
  flagParam,
  listParam,
  numberParam,
  type QueryOf,
  textParam,
  wordParam,
} from '../request/params.ts'
import { VERSION_QUERY } from '../request/query.ts'
import { defineRoute } from '../route.ts'
import { invalidNames } from '../unknown-provider.ts'
import { answerOf, chooseVersion, type VersionQuery } from '../versioned.ts'

const MAX_PAGE = 1000
const score = countParam(0, undefined, 5)

const SEARCH_QUERY = {
  ...VERSION_QUERY,
  q: checkedParam(
    textParam('Words that must all occur in name, value, provider, lab, family or sdk.model, ignoring case'),
    (text) => /\S/.test(text),
    'a text that contains a word',
  ),
  name: textParam('A substring of name, value, alias or sdk.model, ignoring case'),
  model: textParam('Any id of a model, resolved at every provider'),
  provider: listParam(textParam('Any of these providers')),
  lab: listParam(textParam('Any of these labs')),
  family: listParam(textParam('Any of these families')),
  type: listParam(wordParam(MODEL_TYPES, 'Any of these')),
  status: listParam(wordParam(STATUSES, 'Any of these')),
  capability: listParam(wordParam(CAPABILITIES, 'All of these')),
  firstParty: flagParam('Whether the model is offered by its own lab'),
  openWeights: flagParam('Whether the weights can be downloaded'),
  minIq: score,
  minSpeed: score,
  minContextWindow: countParam(0, 'Tokens'),
  maxInputPrice: numberParam({ min: 0 }, 'USD per 1M tokens'),
  maxOutputPrice: numberParam({ min: 0 }, 'USD per 1M tokens'),
  releaseDateFrom: dayParam('YYYY-MM-DD, inclusive'),
  releaseDateTo: dayParam('YYYY-MM-DD, inclusive'),
  collapse: wordParam(['family'], 'Return one model per provider and family: the head, with all matching variants'),
  sort: wordParam(SORTS, 'Descending with a leading "-"; models without the fact come last'),
  limit: countParam(1, 'Default: all', MAX_PAGE),
  offset: countParam(0),
}

const search = {
  method: 'GET',
  access: 'reader',
  query: SEARCH_QUERY,
  response: {
    description: 'Models; X-Total-Count is their number before paging',
    schema: () => bodies().then(({ FoundModels }) => FoundModels),
  },
  failures: ['not-found', 'ambiguous-version', 'empty-registry'],
  handle(exchange: Exchange, _params: unknown, { version, at, ...filter }: QueryOf<typeof SEARCH_QUERY>) {
    const key = `/v1/models?${canonicalize(filter)}`
    return answerSearch(exchange, { version, at }, key, filter)
  },
} as const

async function answerSearch(
  exchange: Exchange,
  query: VersionQuery,
  key: string,
  filter: ModelFilter,
): Promise<Answered> {
  const chosen = await chooseVersion(exchange, query)
  if (!chosen.ok) return chosen
  const { tiers } = exchange
  const pointer = chosen.value.version
  const render = (searched: SearchableVersion) =>
    unknownIn(searched, filter).length > 0 ? undefined : searchVersion(searched, filter)
  const body = await readViewOf(SEARCHABLE, tiers, pointer, key, render)
  if (body) return ok({ ...answerOf(chosen.value), body })
  return fail(invalidNames(unknownIn(await SEARCHABLE.load(tiers, pointer), filter)))
}

function unknownIn({ version, columns }: SearchableVersion, filter: ModelFilter) {
  // Most searches name neither, and to list the providers takes as long as to find models.
  if (!filter.provider && !filter.lab) return []
  return unknownNames(filter, { providers: Object.keys(version.index.parts), labs: columns.data.names.lab.values })
}

const models = defineRoute({ ...search, path: '/v1/models', summary: 'All models, or those that match the filters' })
const searched = defineRoute({ ...search, path: '/v1/models/search', summary: 'The models that match the filters' })

export const searchRoutes = [models, searched]
