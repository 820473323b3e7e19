/** Rows of usage and prices over time, with defaults. */
import type { UsageRow } from '../../../../src/cli/commands/cost/formats/usage-row.ts'
import { type ModelPrices, timedPeriods } from '../../../../src/cli/commands/cost/price/model-prices.ts'
import type { PricePeriod } from '../../../../src/core/schema/price-period.ts'
import type { Pricing } from '../../../../src/core/schema/pricing.ts'

/** A million tokens of input and of output, so that the cost is the sum of the two prices. */
export const MILLION = { prompt_tokens: 1_000_000, completion_tokens: 1_000_000 }

export function usageRow(facts: Partial<UsageRow> = {}): UsageRow {
  const span = instant('2026-09-01T10:00:00Z')
  return { record: 1, model: 'acme-one', span, usage: MILLION, columns: {}, ...facts }
}

export const instant = (time: string): UsageRow['span'] => ({ from: Date.parse(time), until: Date.parse(time) })

export function modelPrices(...periods: PricePeriod[]): ModelPrices {
  return { provider: 'acme', value: 'acme-one', version: 'v1.0123456789ab', periods: timedPeriods(periods) }
}

/** A period between two days in ISO 8601, without times. */
export function period(from: string, until: string | undefined, pricing?: Pricing): PricePeriod {
  const times = { from: `${from}T00:00:00.000Z`, ...(until !== undefined && { until: `${until}T00:00:00.000Z` }) }
  return { ...times, basis: 'observed', ...(pricing && { pricing }) }
}
