/** The cost of a request at the prices of its time, which only the registry has. */
import { costFailure } from '../../core/pricing/cost-failure.ts'
import { type Cost, type CostOptions, costOf } from '../../core/pricing/cost-of.ts'
import { periodAt } from '../../core/pricing/price-periods.ts'
import { unknownAt } from '../../core/pricing/price-usage.ts'
import type { Model, ModelKey } from '../../core/schema/model.ts'
import type { PricePeriod } from '../../core/schema/price-period.ts'
import { isDate, parseAt } from '../../core/selector.ts'
import { CostError } from '../errors.ts'
import type { History } from '../history.ts'
import type { Reader, ReadOptions } from '../reader.ts'
import { failWith, type Reply } from '../reply.ts'

/** A cost, and the period of its prices if the time of the request was given. */
export type TimedCost = Cost & { period?: PricePeriod | undefined }

type TimedCostOf = (
  model: ModelKey | string,
  usage: unknown,
  options?: CostOptions & ReadOptions,
) => Promise<Reply<TimedCost>>

/** A removed model is left to the registry, which still has its prices. */
export function createTimedCost(
  { costOf: costNow, find, getModel }: Reader,
  { getPrices }: Pick<History, 'getPrices'>,
): TimedCostOf {
  return async (model, usage, options = {}) => {
    const { at } = options
    if (at === undefined) return costNow(model, usage, options)
    const time = timeOf(at)
    if (!time) return failWith(new CostError(costFailure('time-needed', NO_TIME, {})))
    const isId = typeof model === 'string'
    const found = await (isId ? find(model, options) : getModel(model.provider, model.value, options))
    const key = isId ? keyOf(model, found.data) : model
    if (!key) return failWith(found.error)
    const { provider, value } = key
    const prices = await getPrices(provider, value, options)
    if (prices.error) return isId && found.error ? found : prices
    const billing = found.data?.billing
    const period = periodAt(prices.data, time.instant)
    if (!period) return failWith(new CostError(unknownAt({ provider, value, periods: prices.data }, time.instant)))
    const hour = time.isDay ? undefined : at
    const cost = costOf({ billing, pricing: period.pricing }, usage, { ...options, at: hour })
    return cost.ok ? { ...prices, data: { ...cost.value, period } } : failWith(new CostError(cost.failure))
  }
}

/** By the requested id: the registry also finds removed models, and prefers them to others of the same name. */
function keyOf(id: string, found: Model | undefined): ModelKey | undefined {
  const slash = id.indexOf('/')
  const provider = id.slice(0, Math.max(slash, 0))
  // Values may begin with their provider too.
  const isOfProvider = !found || (found.provider === provider && !found.value.startsWith(`${provider}/`))
  if (slash > 0 && isOfProvider) return { provider, value: id.slice(slash + 1) }
  return found && { provider: found.provider, value: id }
}

/** As in `POST /v1/cost`: a date means the end of that UTC day, at no known hour. */
function timeOf(at: Date | string): { instant: number; isDay: boolean } | undefined {
  if (typeof at !== 'string') return Number.isNaN(at.getTime()) ? undefined : { instant: at.getTime(), isDay: false }
  const parsed = parseAt(at)
  return parsed.ok ? { instant: parsed.value.time, isDay: isDate(at) } : undefined
}

const NO_TIME = '`at` is neither a date nor a time with "Z" or an offset'
