/**
 * Prices that an override states over time: a promotion with its end, the price after it, a correction since a date.
 * Periods are half-open; a date means its beginning in UTC. While one holds, it is the model's whole pricing. Pure.
 */
import { blendOf } from '../build/derive.ts'
import { isCalendarDay } from '../calendar.ts'
import { compact } from '../compact.ts'
import type { Pricing } from '../schema/pricing.ts'

export interface ScheduledPrices {
  /** A date or a date-time with `Z` or an offset. */
  from: string
  /** The same, exclusive; absent while no end is known. */
  until?: string | undefined
  pricing: Pricing
  /** Where that is stated. */
  source: string
  note?: string | undefined
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/

/** Unix milliseconds; NaN for what is neither a date nor a date-time. */
export function momentOf(text: string): number {
  return MOMENT.test(text) && isCalendarDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN
}

/** The one that holds at an instant, in Unix milliseconds. */
export function scheduledAt(prices: readonly ScheduledPrices[], instant: number): ScheduledPrices | undefined {
  return prices.find((period) => momentOf(period.from) <= instant && instant < endOf(period))
}

/** The moments at which one begins or ends. */
export function boundariesOf(prices: readonly ScheduledPrices[]): number[] {
  return prices.flatMap(({ from, until }) => [momentOf(from), ...(until === undefined ? [] : [momentOf(until)])])
}

/** With what follows from its prices. */
export function pricingOf({ pricing }: ScheduledPrices): Pricing {
  return compact({ ...pricing, blended: blendOf(pricing) })
}

/** The first of them that ends before it begins, or begins before another has ended. */
export function findScheduleError(
  prices: readonly ScheduledPrices[],
): { path: PropertyKey[]; message: string } | undefined {
  for (const [index, period] of prices.entries()) {
    if (endOf(period) <= momentOf(period.from)) return { path: [index, 'until'], message: 'is not later than "from"' }
    const other = prices.findIndex((before, at) => at < index && doOverlap(before, period))
    if (other >= 0) return { path: [index, 'from'], message: `overlaps with period ${other}` }
  }
  return undefined
}

function doOverlap(a: ScheduledPrices, b: ScheduledPrices): boolean {
  return momentOf(a.from) < endOf(b) && momentOf(b.from) < endOf(a)
}

function endOf({ until }: ScheduledPrices): number {
  return until === undefined ? Number.POSITIVE_INFINITY : momentOf(until)
}
