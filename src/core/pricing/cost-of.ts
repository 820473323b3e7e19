/**
 * Computes what a request cost from the model's prices and the usage that the API returned. The result is either the
 * whole sum, rounded only once at the end, or a failure that names what is unknown. Without zod, because it also runs
 * in browsers.
 */
import { ok, type Result } from '../failure.ts'
import type { Model } from '../schema/model.ts'
import { PRICES } from '../vocabulary.ts'
import { type CostFailure, costFailure, type PriceKind, refuse } from './cost-failure.ts'
import { type Decimal, numberOf, plus, times, ZERO } from './decimal.ts'
import { type PriceFound, type PriceOrigin, type PricesFound, pricesAt, servedMode } from './prices-at.ts'
import { readUsage } from './read-usage.ts'
import { promptTokensOf, type TokenCounts } from './token-counts.ts'

export interface CostOptions {
  /**
   * The mode that the request used. Needed if the usage shows that there was one, but not which of the model's modes.
   */
  mode?: string | undefined
  /** When the request began: a date-time with `Z` or an offset. Needed if prices depend on the time of day. */
  at?: Date | string | undefined
  /** Use the input price for cached tokens if their own price is unknown. */
  assumeInputPriceForCache?: boolean | undefined
}

export interface CostLine extends PriceOrigin {
  kind: PriceKind
  tokens: number
  /** USD per 1M tokens. */
  price: number
  usd: number
  /** The kind whose price was used because this kind's own price is unknown. */
  assumed?: 'input'
}

export interface Cost {
  usd: number
  lines: CostLine[]
  /** Keys of the usage that do not affect the sum. */
  ignored?: string[]
}

export type PricedModel = Pick<Model, 'billing' | 'pricing'>
type PricesToUse = Partial<Record<PriceKind, PriceFound & Pick<CostLine, 'assumed'>>>

const PER_MILLION: Decimal = [1n, 6]

/** A cost before rounding, for sums over many requests. */
export interface ExactCost {
  exact: Decimal
  cost: Cost
}

/** `usage`: the usage of one request, as its API returned it. */
export function costOf(model: PricedModel, usage: unknown, options: CostOptions = {}): Result<Cost, CostFailure> {
  const priced = exactCostOf(model, usage, options)
  return priced.ok ? ok(priced.value.cost) : priced
}

export function exactCostOf(
  model: PricedModel,
  usage: unknown,
  options: CostOptions = {},
): Result<ExactCost, CostFailure> {
  const read = readUsage(usage)
  if (!read.ok) return read
  const { counts, ignored, served } = read.value
  const { billing, pricing = {} } = model
  if (billing === 'plan' && !model.pricing)
    return refuse(costFailure('included-in-plan', 'the model is included in a plan and has no price per token', {}))
  const mode = options.mode ?? servedMode(pricing, served)
  if (mode === undefined && served.length > 0) return refuse(modeNeeded(served.join('" and "')))
  const prices = pricesAt(pricing, { ...options, mode, promptTokens: promptTokensOf(counts) })
  if (!prices.ok) return prices
  const failure = checkAudio(counts, prices.value)
  if (failure) return refuse(failure)
  const sum = sumOf(countByPrice(counts, prices.value), withAssumedPrices(prices.value, model, options))
  if (sum.ok && ignored.length > 0) sum.value.cost.ignored = ignored
  return sum
}

function modeNeeded(served: string): CostFailure {
  return costFailure('mode-needed', `it was served as "${served}": specify the mode whose prices apply`, { served })
}

/** Audio that is or may be cached has no certain price, unless audio costs the same as other input. */
function checkAudio(counts: TokenCounts, { input, inputAudio }: PricesFound): CostFailure | undefined {
  if (!inputAudio || (input && numberOf(input.amount) === numberOf(inputAudio.amount))) return undefined
  if (counts.cachedAudio > 0)
    return costFailure('unknown-price', 'the price of cached audio is unknown', { kind: 'cachedAudio' })
  if (!counts.audioMayBeCached) return undefined
  return costFailure('unclear-usage', 'it does not state how many of its audio tokens were cached', {})
}

/** Audio and reasoning tokens without a price of their own are charged at the input or output price. */
function countByPrice(counts: TokenCounts, prices: PricesFound): Record<PriceKind, number> {
  const inputAudio = prices.inputAudio ? Math.min(counts.inputAudio, counts.input) : 0
  const outputAudio = prices.outputAudio ? counts.outputAudio : 0
  const reasoning = prices.reasoning ? counts.reasoning : 0
  const input = counts.input - inputAudio
  return { ...counts, input, inputAudio, output: counts.output - reasoning - outputAudio, reasoning, outputAudio }
}

/** Adds the prices that are implied (a free model) and those that the caller chose to assume. */
function withAssumedPrices(prices: PricesFound, { billing, pricing }: PricedModel, options: CostOptions): PricesToUse {
  const free = billing === 'free' && !pricing?.input && !pricing?.output ? { amount: ZERO } : undefined
  const { input } = prices
  const ofCache = options.assumeInputPriceForCache && input ? { ...input, assumed: 'input' as const } : free
  const missing = { cacheRead: ofCache, cacheWrite: ofCache, cacheWrite1h: ofCache, input: free, output: free }
  return { ...missing, ...prices }
}

function sumOf(tokens: Record<PriceKind, number>, prices: PricesToUse): Result<ExactCost, CostFailure> {
  const lines: CostLine[] = []
  let exact = ZERO
  for (const kind of PRICES) {
    const count = tokens[kind]
    if (count === 0) continue
    const price = prices[kind]
    if (!price)
      return refuse(costFailure('unknown-price', `the price "${kind}" of ${count} tokens is unknown`, { kind }))
    const { amount, ...origin } = price
    const usd = times(times([BigInt(count), 0], amount), PER_MILLION)
    exact = plus(exact, usd)
    lines.push({ kind, tokens: count, price: numberOf(amount), usd: numberOf(usd), ...origin })
  }
  return ok({ exact, cost: { usd: numberOf(exact), lines } })
}
