/**
 * Finds the prices of one request: the base prices, replaced by those of the mode, then of the tier for the length of
 * the prompt, then of the window that contains the instant. Unknown prices are not guessed. Pure; the time is an
 * argument.
 */
import { ok, type Result } from '../failure.ts'
import type { Prices, PriceTier, Pricing } from '../schema/pricing.ts'
import { PRICES } from '../vocabulary.ts'
import { type CostFailure, costFailure, type PriceKind, refuse } from './cost-failure.ts'
import { type Decimal, decimalOf, times } from './decimal.ts'
import { instantOf, windowAt } from './price-window.ts'

/** Where a price comes from; empty for a base price. */
export interface PriceOrigin {
  /** The name of the mode that states it. */
  mode?: string
  /** `above` of the tier that states it. */
  tier?: number
  /** The window that states or multiplies it, such as "01:00-04:00". */
  window?: string
}

export type PriceFound = PriceOrigin & { amount: Decimal }
export type PricesFound = Partial<Record<PriceKind, PriceFound>>

export interface PricedRequest {
  /** All prompt tokens, including cached ones. */
  promptTokens: number
  mode?: string | undefined
  at?: Date | string | undefined
}

export function pricesAt(pricing: Pricing, request: PricedRequest): Result<PricesFound, CostFailure> {
  const found: PricesFound = {}
  applyPrices(found, pricing, {})
  const { promptTokens, mode: name } = request
  if (name === undefined) applyTiers(found, tiersFor(pricing.tiers, promptTokens), {})
  else {
    const failure = applyMode(found, pricing, name, promptTokens)
    if (failure) return refuse(failure)
  }
  const failure = applyWindow(found, pricing, request.at)
  return failure ? refuse(failure) : ok(found)
}

function applyPrices(found: PricesFound, prices: Prices, origin: PriceOrigin): void {
  for (const kind of PRICES) {
    const price = prices[kind]
    if (price !== undefined) found[kind] = { amount: decimalOf(price), ...origin }
  }
}

/** The tiers that the prompt exceeds, ascending: the last one applies, and the earlier ones fill in prices it lacks. */
function tiersFor(tiers: PriceTier[] = [], promptTokens: number): PriceTier[] {
  return tiers.filter(({ above }) => above < promptTokens).sort((a, b) => a.above - b.above)
}

function applyTiers(found: PricesFound, tiers: PriceTier[], origin: PriceOrigin): void {
  for (const tier of tiers) applyPrices(found, tier, { ...origin, tier: tier.above })
}

function applyMode(found: PricesFound, pricing: Pricing, name: string, promptTokens: number): CostFailure | undefined {
  const mode = pricing.modes && Object.hasOwn(pricing.modes, name) ? pricing.modes[name] : undefined
  if (!mode) return unknownMode(name, 'the model does not have it')
  const tiers = tiersFor(mode.tiers, promptTokens)
  if (![mode, ...tiers].some(hasPrice)) return unknownMode(name, 'its prices are unknown')
  const [tier] = mode.tiers ? [] : tiersFor(pricing.tiers, promptTokens)
  if (tier) return unknownMode(name, `its prices above ${tier.above} prompt tokens are unknown`)
  applyPrices(found, mode, { mode: name })
  applyTiers(found, tiers, { mode: name })
  return undefined
}

/**
 * The mode that a request was served in, matched by the mode's name or by the values its requests send; `undefined`
 * unless there is exactly one.
 */
export function servedMode({ modes = {} }: Pricing, served: readonly string[]): string | undefined {
  const [mode, ...others] = new Set(served.map((way) => modeByWay(modes, way.toLowerCase())))
  return others.length === 0 ? mode : undefined
}

function modeByWay(modes: NonNullable<Pricing['modes']>, way: string): string | undefined {
  const isWay = (text: unknown): boolean => typeof text === 'string' && text.toLowerCase() === way
  const named = Object.keys(modes).find(isWay)
  const sent = Object.entries(modes).find(([, { request }]) =>
    Object.values({ ...request?.body, ...request?.headers }).some(isWay),
  )
  return named ?? sent?.[0]
}

function hasPrice(prices: Prices): boolean {
  return PRICES.some((kind) => prices[kind] !== undefined)
}

function unknownMode(mode: string, why: string): CostFailure {
  return costFailure('unknown-mode', `the request used mode "${mode}", but ${why}`, { mode })
}

function applyWindow(found: PricesFound, { windows }: Pricing, at?: Date | string): CostFailure | undefined {
  if (!windows?.length) return undefined
  const instant = at === undefined ? Number.NaN : instantOf(at)
  if (Number.isNaN(instant))
    return costFailure('time-needed', 'prices depend on the time of day: set `at` to a time with "Z" or an offset', {})
  const window = windowAt(windows, instant)
  if (!window) return undefined
  const origin = { window: `${window.from}-${window.to}` }
  applyPrices(found, window.prices ?? {}, origin)
  if (window.factor !== undefined) multiply(found, decimalOf(window.factor), origin)
  return undefined
}

function multiply(found: PricesFound, factor: Decimal, origin: PriceOrigin): void {
  for (const price of Object.values(found)) Object.assign(price, origin, { amount: times(price.amount, factor) })
}
