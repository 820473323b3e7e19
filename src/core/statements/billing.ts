/**
 * Decides what a price of 0 means. Sources write 0 for free, for unknown and for included in a plan, so 0/0 is kept
 * only if something else states that nothing is charged. Pure.
 */
import type { PriceMode, Prices, PriceTier, Pricing } from '../schema/pricing.ts'
import { type Billing, PRICES } from '../vocabulary.ts'
import { FREE_PROVIDERS, FREE_ROWS, PLAN_PROVIDERS } from './billing-data.ts'

/** The names and ids of a row and its provider. */
export interface Billed {
  provider: string
  providerName: string
  id: string
  name: string
}

/** If input has a price, these are never free, so 0 means unknown. */
const NEVER_FREE = ['reasoning', 'inputAudio', 'outputAudio'] as const

const FREE = /(?<![a-z0-9])free(?![a-z0-9])/i
const PLAN = /(?<![a-z0-9])plan(?![a-z0-9])/i

/** How a row is billed, and those of its prices that are meaningful. */
export function billingOf(row: Billed, pricing: Pricing | undefined): { billing?: Billing; pricing?: Pricing } {
  if (pricing !== undefined && !isZero(pricing)) {
    const known = withoutUnknown(pricing)
    return isCharged(pricing) || !isPlan(row) ? { pricing: known } : { billing: 'plan', pricing: known }
  }
  if (pricing !== undefined && isFree(row)) return { billing: 'free', pricing }
  return isPlan(row) ? { billing: 'plan' } : {}
}

function isCharged({ input = 0, output = 0 }: Prices): boolean {
  return input > 0 || output > 0
}

/** Whether the stated input and output prices are 0, or if neither is stated, whether every stated price is 0. */
function isZero(prices: Prices): boolean {
  if (prices.input !== undefined || prices.output !== undefined) return !isCharged(prices)
  const stated = PRICES.filter((kind) => prices[kind] !== undefined)
  return stated.length > 0 && stated.every((kind) => prices[kind] === 0)
}

function isFree({ provider, id, name }: Billed): boolean {
  return FREE.test(id) || FREE.test(name) || FREE_PROVIDERS.has(provider) || FREE_ROWS.has(`${provider}/${id}`)
}

function isPlan({ provider, providerName }: Billed): boolean {
  return PLAN.test(provider) || PLAN.test(providerName) || PLAN_PROVIDERS.has(provider)
}

function withoutUnknown(pricing: Pricing): Pricing {
  const known = withoutUnknownZeros(pricing, pricing.input)
  // True of most rows, and copying each would be most of the cost of reading them.
  if (known.tiers === undefined && known.modes === undefined) return known
  const { tiers, modes, ...prices } = known
  const left = { tiers: chargedTiers(tiers, prices.input), modes: knownModes(modes, prices.input) }
  return { ...prices, ...(left.tiers && { tiers: left.tiers }), ...(left.modes && { modes: left.modes }) }
}

function knownModes(modes: Pricing['modes'] = {}, baseInput: number | undefined): Pricing['modes'] {
  const known = Object.entries(modes).map(([name, mode]): [string, PriceMode] => [name, modeOf(mode, baseInput)])
  const stated = known.filter(([, mode]) => Object.keys(mode).length > 0)
  return stated.length > 0 ? Object.fromEntries(stated) : undefined
}

/** A mode at 0/0 has unknown prices, but a request can still select it. */
function modeOf(mode: PriceMode, baseInput: number | undefined): PriceMode {
  if (isZero(mode)) return mode.request === undefined ? {} : { request: mode.request }
  const input = mode.input ?? baseInput
  const { tiers, ...prices } = withoutUnknownZeros(mode, input)
  const charged = chargedTiers(tiers, input)
  return charged ? { ...prices, tiers: charged } : prices
}

/** A tier at 0/0 has unknown prices, like a row at 0/0. */
function chargedTiers(tiers: PriceTier[] = [], baseInput: number | undefined): PriceTier[] | undefined {
  const charged = tiers.filter((tier) => !isZero(tier))
  if (charged.length === 0) return undefined
  return charged.map((tier) => withoutUnknownZeros(tier, tier.input ?? baseInput))
}

/** Returns the same object if no price is dropped. */
function withoutUnknownZeros<T extends Prices>(prices: T, input = 0): T {
  if (input === 0 || !NEVER_FREE.some((kind) => prices[kind] === 0)) return prices
  const known = { ...prices }
  for (const kind of NEVER_FREE) if (known[kind] === 0) delete known[kind]
  return known
}
