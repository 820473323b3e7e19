/**
 * What a price of 0 means. Sources write 0 for free, for unknown and for included in a plan alike, so 0/0 is kept only
 * where something else states that nothing is charged. Pure.
 */
import type { PriceMode, Prices, PriceTier, Pricing } from '../schema/pricing.ts'
import { type Billing, PRICES } from '../vocabulary.ts'
import { FREE_PROVIDERS, FREE_ROWS, PLAN_PROVIDERS } from './billing-data.ts'

/** What a row and its provider go by. */
export interface Billed {
  provider: string
  providerName: string
  id: string
  name: string
}

/** If input has a price, these are never free: 0 means unknown. */
const NEVER_FREE = ['reasoning', 'inputAudio', 'outputAudio'] as const

const FREE = /(?<![a-z0-9])free(?![a-z0-9])/i
const PLAN = /(?<![a-z0-9])plan(?![a-z0-9])/i

/** How a row is paid for, and those of its prices that mean something. */
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

/** 0 for what is stated of input and output, or nothing but zeros. */
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
  // Most rows: a copy of each would be most of what reading them costs.
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

/** A mode at 0/0 has unknown prices, but can still be asked for. */
function modeOf(mode: PriceMode, baseInput: number | undefined): PriceMode {
  if (isZero(mode)) return mode.request === undefined ? {} : { request: mode.request }
  const input = mode.input ?? baseInput
  const { tiers, ...prices } = withoutUnknownZeros(mode, input)
  const charged = chargedTiers(tiers, input)
  return charged ? { ...prices, tiers: charged } : prices
}

/** A tier at 0/0 is as unknown as a row at 0/0. */
function chargedTiers(tiers: PriceTier[] = [], baseInput: number | undefined): PriceTier[] | undefined {
  const charged = tiers.filter((tier) => !isZero(tier))
  if (charged.length === 0) return undefined
  return charged.map((tier) => withoutUnknownZeros(tier, tier.input ?? baseInput))
}

/** The same prices where none of them is dropped. */
function withoutUnknownZeros<T extends Prices>(prices: T, input = 0): T {
  if (input === 0 || !NEVER_FREE.some((kind) => prices[kind] === 0)) return prices
  const known = { ...prices }
  for (const kind of NEVER_FREE) if (known[kind] === 0) delete known[kind]
  return known
}
