/** The cost of a request at the price of its time, which the registry has and a manifest does not. */
import { type Cost, type CostOptions, costOf } from '../../core/pricing/cost-of.ts'
import { periodAt } from '../../core/pricing/price-periods.ts'
import { instantOf } from '../../core/pricing/price-window.ts'
import type { ModelKey } from '../../core/schema/model.ts'
import type { PricePeriod } from '../../core/schema/price-period.ts'
import { CostError } from '../errors.ts'
import type { History } from '../history.ts'
import type { Reader, ReadOptions } from '../reader.ts'
import { failWith, type Reply } from '../reply.ts'

/** A cost, and the period that its prices are of where the time of the request was given. */
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
    const isId = typeof model === 'string'
    const found = await (isId ? find(model, options) : getModel(model.provider, model.value, options))
    if (isId && found.error) return found
    const { provider, value, billing } = found.data ?? (model as ModelKey & { billing?: undefined }) // no id comes here
    const prices = await getPrices(provider, value, options)
    if (prices.error) return prices
    const period = periodAt(prices.data, instantOf(at))
    const cost = costOf({ billing: period && billing, pricing: period?.pricing }, usage, options)
    return cost.ok ? { ...prices, data: { ...cost.value, period } } : failWith(new CostError(cost.failure))
  }
}
