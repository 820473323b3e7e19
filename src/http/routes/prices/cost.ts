import * as z from 'zod'
import { fail, ok } from '../../../core/failure.ts'
import { priceUsage } from '../../../core/pricing/price-usage.ts'
import { CostAnswer, CostItem, MAX_COST_ITEMS } from '../../../core/schema/cost.ts'
import type { Pointer } from '../../../core/schema/history.ts'
import { isDate, parseAt } from '../../../core/selector.ts'
import { readPrices } from '../../../edge/records/read-prices.ts'
import { jsonView } from '../../../views/json-view.ts'
import type { Answered, Exchange } from '../../exchange.ts'
import { LICENSE_LINK } from '../../reply/headers.ts'
import { VERSION_QUERY } from '../../request/query.ts'
import { isLimited, LIMIT_PERIOD_SECONDS } from '../../request/rate-limit.ts'
import { readJson } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'
import { chooseCommit } from './choose-commit.ts'

const Batch = z.array(CostItem).max(MAX_COST_ITEMS)
/** Checked before the items, which may all be invalid. */
const CountedBatch = z.array(z.unknown()).max(MAX_COST_ITEMS).pipe(Batch)

const EXAMPLE = [
  {
    provider: 'openai',
    model: 'gpt-4o',
    usage: { prompt_tokens: 1200, completion_tokens: 300, prompt_tokens_details: { cached_tokens: 1024 } },
  },
]

const cost = defineRoute({
  method: 'POST',
  path: '/v1/cost',
  access: 'reader',
  summary: 'The cost of requests, each at the price of its time',
  query: VERSION_QUERY,
  requestBody: { description: `At most ${MAX_COST_ITEMS} items and 1 MB`, schema: Batch, example: EXAMPLE },
  response: {
    description: 'The cost of each item, or why it is unknown, in the order of the items',
    schema: z.array(CostAnswer),
  },
  failures: ['not-found', 'ambiguous-version', 'too-large', 'rate-limited', 'empty-registry'],
  async handle(exchange, _params, query) {
    if (await isLimited(exchange.env.COST_LIMITER, exchange.request)) return tooMany
    const batch = await readJson(exchange.request, CountedBatch)
    if (!batch.ok) return batch
    const chosen = await chooseCommit(exchange, query)
    return chosen.ok ? answerCosts(exchange, chosen.value.version, batch.value) : chosen
  },
})

const tooMany = fail({
  code: 'rate-limited',
  detail: `Too many requests: send up to ${MAX_COST_ITEMS} items in each, and try again in a minute`,
  retryAfterSeconds: LIMIT_PERIOD_SECONDS,
})

async function answerCosts({ tiers }: Exchange, pointer: Pointer, items: readonly CostItem[]): Promise<Answered> {
  const { version } = pointer
  const entries = await readPrices(tiers, pointer, items)
  const now = tiers.clock()
  const answers = items.map(({ usage, mode, at }, index): CostAnswer => {
    const entry = entries[index]
    if (!entry) throw new Error(`Cannot price item ${index}: nothing was read for it`)
    return 'problem' in entry ? entry : priceUsage({ usage, mode, ...timeOf(at, now) }, entry, version)
  })
  return ok({ body: jsonView(answers), lifetime: 'none', version, headers: { link: LICENSE_LINK } })
}

function timeOf(at: string | undefined, now: number): { instant: number; isDay: boolean } {
  const parsed = at === undefined ? undefined : parseAt(at)
  // The schema has refused invalid times.
  return { instant: parsed?.ok ? parsed.value.time : now, isDay: at !== undefined && isDate(at) }
}

export const costRoutes = [cost]
