/** A model with its prices over time, or why its rows have no price. */
import type { PricePeriod } from '../../../../core/schema/price-period.ts'
import type { Billing } from '../../../../core/vocabulary.ts'
import type { RowProblem } from '../formats/usage-row.ts'

/** In Unix milliseconds, half-open. */
export interface TimedPeriod {
  from: number
  until: number
  period: PricePeriod
}

export interface ModelPrices {
  provider: string
  value: string
  billing?: Billing | undefined
  isGone?: true
  /** Oldest first. */
  periods: TimedPeriod[]
  /** The version that the periods belong to. */
  version: string
}

export type ModelEntry = ModelPrices | { problem: RowProblem }

/** How a row identifies its model. */
export interface ModelAsk {
  model: string
  provider?: string | undefined
  /** Unix milliseconds: a removed model is looked up at that time. */
  at: number
}

export function timedPeriods(periods: PricePeriod[]): TimedPeriod[] {
  return periods.map((period) => ({
    from: Date.parse(period.from),
    until: period.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(period.until),
    period,
  }))
}
