import { ok } from '../../../core/failure.ts'
import { BackfillOutcome, BackfillState } from '../../../registry/changes/recorded/backfill.ts'
import { BackfillDays } from '../../../registry/changes/recorded/backfill-days.ts'
import { jsonView } from '../../../views/json-view.ts'
import { advance } from '../../reply/outcome.ts'
import { NO_QUERY } from '../../request/query.ts'
import { readBytes } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'

/** The largest day is below a megabyte; the object holds the body, its parsed form and the build in memory at once. */
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
  summary: 'Replay past days into a registry that contains only backfills, all or nothing',
  query: NO_QUERY,
  requestBody: {
    description: 'The days, oldest first; those up to lastAt are skipped',
    schema: BackfillDays,
    example: EXAMPLE,
  },
  response: { description: 'The outcome, and the progress of backfills', schema: BackfillOutcome },
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
  summary: 'The progress of backfills',
  query: NO_QUERY,
  response: {
    description: 'The time of the last replayed day, and the number of commits made by backfills',
    schema: BackfillState,
  },
  failures: [],
  async handle({ registry }) {
    const result = await registry.backfillState()
    return result.ok ? ok({ body: jsonView(result.value), lifetime: 'none' }) : result
  },
})

export const adminBackfillRoutes = [backfill, state]
