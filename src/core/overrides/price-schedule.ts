/**
 * The prices that an override schedules: a promotion with an end, the price after it, a correction from a date on.
 * Periods are half-open, and a date means 00:00 UTC. During a period, its prices are the model's whole pricing. Pure.
 */
import { blendOf } from '../build/derive.ts'
import { isCalendarDay } from '../calendar.ts'
import { compact } from '../compact.ts'
import type { Pricing } from '../schema/pricing.ts'

export interface ScheduledPrices {
  /** A date or a date-time with `Z` or an offset. */
  from: string
  /** In the same form, exclusive; absent while no end is known. */
  until?: string | undefined
  pricing: Pricing
  /** Where the price is stated. */
  source: string
  note?: string | undefined
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/

/** Unix milliseconds; NaN if the text is neither a date nor a date-time. */
export function momentOf(text: string): number {
  return MOMENT.test(text) && isCalendarDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN
}

/** The period that contains an instant, in Unix milliseconds. */
export function scheduledAt(prices: readonly ScheduledPrices[], instant: number): ScheduledPrices | undefined {
  return prices.find((period) => momentOf(period.from) <= instant && instant < endOf(period))
}

/** The moments at which a period begins or ends, in Unix milliseconds. */
export function boundariesOf(prices: readonly ScheduledPrices[]): number[] {
  return prices.flatMap(({ from, until }) => [momentOf(from), ...(until === undefined ? [] : [momentOf(until)])])
}

/** The pricing of a period, with the blended price derived from it. */
export function pricingOf({ pricing }: ScheduledPrices): Pricing {
  return compact({ ...pricing, blended: blendOf(pricing) })
}

/** The first period that does not end after it begins, or that overlaps with an earlier one. */
export function findScheduleError(
  prices: readonly ScheduledPrices[],
): { path: PropertyKey[]; message: string } | undefined {
  for (const [index, period] of prices.entries()) {
    if (endOf(period) <= momentOf(period.from)) return { path: [index, 'until'], message: 'is not later than "from"' }
    const other = prices.findIndex((before, at) => at < index && overlap(before, period))
    if (other >= 0) return { path: [index, 'from'], message: `overlaps with period ${other}` }
  }
  return undefined
}

function overlap(a: ScheduledPrices, b: ScheduledPrices): boolean {
  return momentOf(a.from) < endOf(b) && momentOf(b.from) < endOf(a)
}

function endOf({ until }: ScheduledPrices): number {
  return until === undefined ? Number.POSITIVE_INFINITY : momentOf(until)
}
