/**
 * Prices one request at the prices of its time: those of the period that contains its instant. An unknown cost is a
 * problem, never 0. Pure.
 */
import type { CostItem, PricedItem, UnpricedItem } from '../schema/cost.ts'
import type { Model, ModelKey } from '../schema/model.ts'
import type { PricePeriod } from '../schema/price-period.ts'
import { type CostFailure, costFailure } from './cost-failure.ts'
import { costOf } from './cost-of.ts'
import { periodAt } from './price-periods.ts'

/** The billing and prices of a model in a version. */
export interface PricedModel extends ModelKey, Pick<Model, 'billing'> {
  isGone?: true
  /** Oldest first. */
  periods: readonly PricePeriod[]
}

/** A model, or why no model was found. */
export type PriceEntry = PricedModel | UnpricedItem

export interface TimedUsage extends Pick<CostItem, 'usage' | 'mode'> {
  /** Unix milliseconds. */
  instant: number
  /** Only the day of the instant is known. */
  isDay?: boolean
}

export function priceUsage(asked: TimedUsage, model: PricedModel, version: string): PricedItem | UnpricedItem {
  const { usage, mode, instant, isDay = false } = asked
  const period = periodAt(model.periods, instant)
  if (!period) return noPeriod(model, instant)
  const at = new Date(instant)
  const cost = costOf(factsIn(period, model), usage, { mode, ...(!isDay && { at }) })
  if (!cost.ok) return problemOf(cost.failure.code, cost.failure.detail)
  const { usd, ...rest } = cost.value
  return { usd, at: at.toISOString(), version, period: spanOf(period), ...rest }
}

/** What a model cost in a period of its prices. Once it is gone, it is not free of charge: its price is unknown. */
export function factsIn(
  { pricing }: Pick<PricePeriod, 'pricing'>,
  { billing, isGone }: Pick<PricedModel, 'billing' | 'isGone'>,
): Pick<Model, 'billing' | 'pricing'> {
  return { ...(billing && (pricing || !isGone) && { billing }), ...(pricing && { pricing }) }
}

export function problemOf(code: string, detail: string): UnpricedItem {
  return { problem: { code, detail } }
}

/** A period without its prices. */
export function spanOf({ from, until, basis, source }: PricePeriod): PricedItem['period'] {
  return { from, ...(until !== undefined && { until }), basis, ...(source !== undefined && { source }) }
}

function noPeriod(model: PricedModel, instant: number): UnpricedItem {
  const { code, detail } = unknownAt(model, instant)
  return problemOf(code, detail)
}

/** Why no period contains an instant. */
export function unknownAt(
  { provider, value, periods }: Omit<PricedModel, 'billing' | 'isGone'>,
  instant: number,
): CostFailure {
  const [first] = periods
  const since = first && instant < Date.parse(first.from) ? `; they are known from ${first.from}` : ''
  const time = new Date(instant).toISOString()
  return costFailure('unknown-price', `the prices of "${provider}/${value}" at ${time} are unknown${since}`, {})
}
