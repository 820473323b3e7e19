import { CHANGE_GROUPS } from '../../core/diff/filter.ts'
import type { Pointer } from '../../core/schema/history.ts'
import type { HistoryQuery } from '../../registry/history/revision-history.ts'
import { storedJsonView } from '../../views/json-view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import type { Answer, Answered, Exchange } from '../exchange.ts'
import { answerRecorded, currentCommit } from '../recorded.ts'
import { countParam, listParam, wordParam } from '../request/params.ts'
import { defineRoute } from '../route.ts'
import { locationHeaders, resolveModel } from '../which-model.ts'

const MAX_PAGE = 500
const DEFAULT_PAGE = 100

const HISTORY_QUERY = {
  limit: countParam(1, `Default ${DEFAULT_PAGE}`, MAX_PAGE),
  only: listParam(
    wordParam(CHANGE_GROUPS, 'Only these kinds of change; revisions that differ only in others are merged'),
  ),
}

const modelHistory = defineRoute({
  method: 'GET',
  path: '/v1/models/:provider/:value{[^]+}/history',
  access: 'reader',
  summary: 'The revisions of a model, newest first',
  query: HISTORY_QUERY,
  response: {
    description: 'Revisions, each with the commits that began and ended it',
    schema: () => bodies().then(({ ModelHistory }) => ModelHistory),
  },
  failures: ['not-found', 'ambiguous-model', 'empty-registry'],
  async handle(exchange, { provider = '', value = '' }, query) {
    const row = await currentCommit(exchange)
    if (!row.ok) return row
    const asked = { kind: 'model', provider, value, ...query } as const
    // A removed model has its history under its value, even if the id now means another model.
    const direct = await answerHistory(exchange, row.value, asked)
    if (direct.ok) return direct
    const meant = await resolveModel(exchange, row.value, { provider, value })
    if (!meant.ok) return meant
    const headers = locationHeaders(exchange, meant.value, '/history')
    return answerHistory(exchange, row.value, { ...asked, ...meant.value }, headers)
  },
})

const providerHistory = defineRoute({
  method: 'GET',
  path: '/v1/providers/:provider/history',
  access: 'reader',
  summary: 'The revisions of a provider, newest first',
  query: HISTORY_QUERY,
  response: {
    description: 'Revisions, each with the commits that began and ended it',
    schema: () => bodies().then(({ ProviderHistory }) => ProviderHistory),
  },
  failures: ['not-found', 'empty-registry'],
  async handle(exchange, { provider = '' }, query) {
    const row = await currentCommit(exchange)
    return row.ok ? answerHistory(exchange, row.value, { kind: 'provider', provider, value: '', ...query }) : row
  },
})

type Asked = Omit<HistoryQuery, 'asOf' | 'limit'> & { limit?: number }

function answerHistory(
  exchange: Exchange,
  row: Pointer,
  asked: Asked,
  headers?: NonNullable<Answer['headers']>,
): Promise<Answered> {
  const query = { ...asked, limit: asked.limit ?? DEFAULT_PAGE }
  const what = asked.kind === 'model' ? `model "${asked.provider}/${asked.value}"` : `provider "${asked.provider}"`
  return answerRecorded(exchange, row, {
    lifetime: 'current',
    path: '/v1/history',
    query,
    read: async () => {
      const bytes = await exchange.registry.history({ ...query, asOf: row.seq })
      return bytes && storedJsonView(bytes)
    },
    missing: () => ({ code: 'not-found', detail: `Cannot read the history of ${what}: it never existed` }),
    ...(headers && { headers }),
  })
}

export const historyRoutes = [modelHistory, providerHistory]
