import { ok } from '../../../core/failure.ts'
import { BackfillOutcome, BackfillState } from '../../../registry/changes/recorded/backfill.ts'
import { BackfillDays } from '../../../registry/changes/recorded/backfill-days.ts'
import { jsonView } from '../../../views/json-view.ts'
import { advance } from '../../reply/outcome.ts'
import { NO_QUERY } from '../../request/query.ts'
import { readBytes } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'

/** The largest day is below a megabyte; the object holds the body, what it says and what is built of it at once. */
const MAX_BODY_BYTES = 8_000_000

const EXAMPLE = {
  days: [
    {
      at: '2025-06-30T23:59:59.999Z',
      source: 'models.dev',
      delta: {
        providers: { set: { openai: { id: 'openai', name: 'OpenAI' } }, del: [] },
        models: {
          set: { 'openai/gpt-4o': { id: 'gpt-4o', name: 'GPT-4o', cost: { input: 2.5, output: 10 } } },
          del: [],
        },
      },
    },
  ],
}

const backfill = defineRoute({
  method: 'POST',
  path: '/v1/admin/backfill',
  access: 'admin',
  summary: 'Replay days of the past into a registry that holds nothing else, all of them or none',
  query: NO_QUERY,
  requestBody: {
    description: 'The days; those not later than lastAt are skipped',
    schema: BackfillDays,
    example: EXAMPLE,
  },
  response: { description: 'The outcome, and how far backfills have come', schema: BackfillOutcome },
  failures: ['conflict', 'too-large', 'configuration'],
  async handle(exchange) {
    const bytes = await readBytes(exchange.request, MAX_BODY_BYTES)
    if (!bytes.ok) return bytes
    const result = await exchange.registry.backfill(bytes.value)
    if (!result.ok) return result
    await advance(exchange)
    return ok({ body: jsonView(result.value), lifetime: 'none' })
  },
})

const state = defineRoute({
  method: 'GET',
  path: '/v1/admin/backfill',
  access: 'admin',
  summary: 'How far backfills have come',
  query: NO_QUERY,
  response: { description: 'The last day that was taken, and the commits that were made', schema: BackfillState },
  failures: [],
  async handle({ registry }) {
    const result = await registry.backfillState()
    return result.ok ? ok({ body: jsonView(result.value), lifetime: 'none' }) : result
  },
})

export const adminBackfillRoutes = [backfill, state]
