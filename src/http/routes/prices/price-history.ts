import { fail, ok, type Result } from '../../../core/failure.ts'
import type { Pointer } from '../../../core/schema/history.ts'
import type { ModelKey } from '../../../core/schema/model.ts'
import { SEED_SEQ } from '../../../edge/memory.ts'
import { readPrices } from '../../../edge/records/read-prices.ts'
import { jsonView, storedJsonView } from '../../../views/json-view.ts'
import type { View } from '../../../views/view.ts'
import { bodies } from '../../docs/lazy-bodies.ts'
import type { Answer, Answered, Exchange } from '../../exchange.ts'
import { answerRecorded } from '../../recorded.ts'
import { VERSION_QUERY } from '../../request/query.ts'
import { defineRoute } from '../../route.ts'
import type { Chosen } from '../../versioned.ts'
import { locationHeaders, resolveModel } from '../../which-model.ts'
import { chooseCommit } from './choose-commit.ts'

const SUFFIX = '/prices'

const prices = defineRoute({
  method: 'GET',
  path: `/v1/models/:provider/:value{[^]+}${SUFFIX}`,
  access: 'reader',
  summary: 'The prices of a model over time, oldest first',
  query: VERSION_QUERY,
  response: {
    description: 'Half-open, non-overlapping periods',
    schema: () => bodies().then(({ PricePeriods }) => PricePeriods),
  },
  failures: ['not-found', 'ambiguous-version', 'ambiguous-model', 'empty-registry'],
  async handle(exchange, { provider = '', value = '' }, query) {
    const chosen = await chooseCommit(exchange, query)
    if (!chosen.ok) return chosen
    const key = { provider, value }
    // A removed model has its prices under its value, even if the id now means another model.
    const direct = await answerPrices(exchange, chosen.value, key)
    if (direct.ok) return direct
    const meant = await resolvePriced(exchange, chosen.value.version, key)
    if (!meant.ok) return meant
    return answerPrices(exchange, chosen.value, meant.value, locationHeaders(exchange, meant.value, SUFFIX))
  },
})

/** By the rule for usage, so that the periods are those that a cost is of: a model that is gone has other ids too. */
async function resolvePriced(exchange: Exchange, pointer: Pointer, asked: ModelKey): Promise<Result<ModelKey>> {
  const [entry] = await readPrices(exchange.tiers, pointer, [{ provider: asked.provider, model: asked.value }])
  if (!entry) throw new Error(`Cannot find the prices of "${asked.provider}/${asked.value}": nothing was read`)
  if (!('problem' in entry)) return ok({ provider: entry.provider, value: entry.value })
  const { detail, candidates } = entry.problem
  // Why there is none, all routes of a model explain in the same way.
  return candidates ? fail({ code: 'ambiguous-model', detail, candidates }) : resolveModel(exchange, pointer, asked)
}

function answerPrices(
  exchange: Exchange,
  { version, lifetime }: Chosen,
  key: ModelKey,
  headers?: NonNullable<Answer['headers']>,
): Promise<Answered> {
  return answerRecorded(exchange, version, {
    lifetime,
    path: '/v1/prices',
    query: key,
    read: () => readPeriods(exchange, version, key),
    missing: () => ({
      code: 'not-found',
      detail: `Cannot read the prices of model "${key.provider}/${key.value}": it never existed`,
    }),
    ...(headers && { headers }),
  })
}

async function readPeriods({ registry, tiers }: Exchange, pointer: Pointer, key: ModelKey): Promise<View | undefined> {
  if (pointer.seq === SEED_SEQ) {
    const { seedPeriods } = await import('../../../edge/records/seed-prices.ts')
    const periods = await seedPeriods(tiers, pointer, key)
    return periods && jsonView(periods)
  }
  const bytes = await registry.prices({ ...key, asOf: pointer.seq })
  return bytes && storedJsonView(bytes)
}

export const priceHistoryRoutes = [prices]
