import * as z from 'zod'
import { CHANGE_GROUPS } from '../../core/diff/filter.ts'
import { ModelHistory, ProviderHistory } from '../../core/schema/history.ts'
import type { HistoryQuery } from '../../registry/history/revision-history.ts'
import { storedJsonView } from '../../views/json-view.ts'
import type { Answered, Exchange } from '../exchange.ts'
import { answerRecorded, currentRow } from '../recorded.ts'
import { numberParam } from '../request/query.ts'
import { defineRoute } from '../route.ts'

const MAX_PAGE = 500
const DEFAULT_PAGE = 100

const HISTORY_QUERY = z.object({
  limit: numberParam(z.int().min(1).max(MAX_PAGE))
    .optional()
    .meta({ description: `Default ${DEFAULT_PAGE}` }),
  only: z.array(z.enum(CHANGE_GROUPS)).optional().meta({
    description: 'Keep these kinds of change; revisions that differ only elsewhere are merged',
  }),
})

const modelHistory = defineRoute({
  method: 'GET',
  path: '/v1/models/:provider/:value{[^]+}/history',
  access: 'reader',
  summary: 'The revisions of a model, newest first',
  query: HISTORY_QUERY,
  response: { description: 'Each with the rows it began and ended with', schema: ModelHistory },
  failures: ['not-found', 'empty-registry'],
  handle: (exchange, { provider = '', value = '' }, query) =>
    answerHistory(exchange, { kind: 'model', provider, value, ...query }, `model "${provider}/${value}"`),
})

const providerHistory = defineRoute({
  method: 'GET',
  path: '/v1/providers/:provider/history',
  access: 'reader',
  summary: 'The revisions of a provider, newest first',
  query: HISTORY_QUERY,
  response: { description: 'Each with the rows it began and ended with', schema: ProviderHistory },
  failures: ['not-found', 'empty-registry'],
  handle: (exchange, { provider = '' }, query) =>
    answerHistory(exchange, { kind: 'provider', provider, value: '', ...query }, `provider "${provider}"`),
})

type Asked = Omit<HistoryQuery, 'asOf' | 'limit'> & { limit?: number }

async function answerHistory(exchange: Exchange, asked: Asked, what: string): Promise<Answered> {
  const row = await currentRow(exchange)
  if (!row.ok) return row
  const query = { ...asked, limit: asked.limit ?? DEFAULT_PAGE }
  return answerRecorded(exchange, row.value, {
    lifetime: 'current',
    path: '/v1/history',
    query,
    read: async () => {
      const bytes = await exchange.registry.history({ ...query, asOf: row.value.seq })
      return bytes && storedJsonView(bytes)
    },
    missing: () => ({ code: 'not-found', detail: `Cannot read the history of ${what}: there never was one` }),
  })
}

export const historyRoutes = [modelHistory, providerHistory]
