/** The cost of a row at the prices of its own time, as in the client and `POST /v1/cost`. An unknown cost is a problem. */

import { ok, type Result } from '../../../../core/failure.ts'
import { canonicalize } from '../../../../core/json/canonical.ts'
import type { CostFailure } from '../../../../core/pricing/cost-failure.ts'
import { type ExactCost, exactCostOf } from '../../../../core/pricing/cost-of.ts'
import { factsIn } from '../../../../core/pricing/price-usage.ts'
import type { PricePeriod } from '../../../../core/schema/price-period.ts'
import type { RowProblem, UsageRow } from '../formats/usage-row.ts'
import type { ModelPrices, TimedPeriod } from './model-prices.ts'
import { pricingOfSum, type SumPricing } from './sum-pricing.ts'

export interface PriceOptions {
  /** Price cached tokens as input if their own price is unknown. */
  assumeInputPriceForCache: boolean
  /** Assume that no prompt reached a tier if a sum does not state the lengths of its prompts. */
  assumeShortPrompts: boolean
}

export interface PricedRow extends ExactCost {
  period: PricePeriod
  isAssumedShort: boolean
}

export function priceRow(row: UsageRow, model: ModelPrices, options: PriceOptions): Result<PricedRow, RowProblem> {
  const found = periodOf(row, model)
  if (!found.ok) return found
  const period = found.value
  const { pricing, unsure } = pricingFor(row, period)
  if (unsure !== undefined && !options.assumeShortPrompts) return refuse('unclear-usage', hiddenEdge(unsure))
  if (pricing?.windows && row.span.until > row.span.from)
    return refuse('time-needed', 'prices depend on the time of day, and the row covers a period')
  const { assumeInputPriceForCache } = options
  const { mode, span } = row
  const costOptions = { mode, at: new Date(span.from), assumeInputPriceForCache }
  const cost = exactCostOf(factsIn({ pricing }, model), row.usage, costOptions)
  if (!cost.ok) return { ok: false, failure: problemOf(cost.failure) }
  return ok({ ...cost.value, period, isAssumedShort: unsure !== undefined })
}

/** Consecutive periods with equal prices count as one. */
function periodOf({ span }: UsageRow, { provider, value, periods }: ModelPrices): Result<PricePeriod, RowProblem> {
  const index = periods.findLastIndex(({ from, until }) => from <= span.from && span.from < until)
  const first = periods[index]
  if (!first) return refuse('unknown-price', noPeriod(`${provider}/${value}`, periods))
  const end = periods.findIndex(({ until }, at) => at >= index && span.until <= until)
  const covered = periods.slice(index + 1, end + 1)
  const change = covered.find((later, at) => !continues(later, covered[at - 1] ?? first))
  if (end < 0 || change)
    return refuse(
      'unclear-usage',
      `the prices changed at ${timeOf(change ?? periods.at(-1))}, within the period that the row covers`,
    )
  return ok(first.period)
}

function continues(later: TimedPeriod, earlier: TimedPeriod): boolean {
  const [one, other] = [earlier.period.pricing, later.period.pricing]
  return later.from === earlier.until && canonicalize(one ?? {}) === canonicalize(other ?? {})
}

function timeOf(period: TimedPeriod | undefined): string {
  return period?.period.from ?? 'the end of the known prices'
}

function noPeriod(model: string, [first]: TimedPeriod[]): string {
  return `the prices of "${model}" at that time are unknown${first ? `; they are known from ${first.period.from}` : ''}`
}

function pricingFor({ usage, sum }: UsageRow, { pricing }: PricePeriod): Partial<SumPricing> {
  if (!pricing) return {}
  return sum ? pricingOfSum(pricing, usage, sum) : { pricing }
}

function hiddenEdge(edge: number): string {
  return `the row aggregates several requests, and does not state which were longer than ${edge} tokens (see --assume-short-prompts)`
}

const ACTION = 'Cannot price usage: '

/** Counts of tokens differ from row to row; the kind of price or key that is unknown does not. */
function problemOf({ detail, code, ...about }: CostFailure): RowProblem {
  return { code, detail: detail.replace(ACTION, ''), about: Object.values(about).join(' ') }
}

function refuse(code: string, detail: string): { ok: false; failure: RowProblem } {
  return { ok: false, failure: { code, detail } }
}
