/**
 * The prices of a sum over several requests. A tier depends on the length of each prompt, which a sum does not contain: it
 * applies to all of them, to none, or the cost is unknown.
 */

import { readUsage } from '../../../../core/pricing/read-usage.ts'
import { promptTokensOf } from '../../../../core/pricing/token-counts.ts'
import type { PriceTier, Pricing } from '../../../../core/schema/pricing.ts'
import type { RequestSum } from '../formats/usage-row.ts'

export interface SumPricing {
  pricing: Pricing
  /** The lowest tier limit that may lie between the prompts. */
  unsure?: number
}

/** Without the tiers that no prompt reached. */
export function pricingOfSum(pricing: Pricing, usage: object, sum: RequestSum): SumPricing {
  const read = readUsage(usage)
  const total = read.ok ? promptTokensOf(read.value.counts) : 0
  const modes = Object.entries(pricing.modes ?? {})
  const edges = [pricing, ...modes.map(([, mode]) => mode)].flatMap(({ tiers = [] }) => tiers.map(({ above }) => above))
  const unsure = edges.filter((edge) => !isAbove(edge, sum) && !isBelow(edge, total, sum)).sort((a, b) => a - b)[0]
  const reached = (tiers: PriceTier[]) => tiers.filter(({ above }) => isAbove(above, sum))
  return {
    pricing: {
      ...pricing,
      ...(pricing.tiers && { tiers: reached(pricing.tiers) }),
      ...(pricing.modes && {
        modes: Object.fromEntries(
          modes.map(([name, mode]) => [name, { ...mode, ...(mode.tiers && { tiers: reached(mode.tiers) }) }]),
        ),
      }),
    },
    ...(unsure !== undefined && { unsure }),
  }
}

/** Every prompt is longer than the edge. */
function isAbove(edge: number, { above }: RequestSum): boolean {
  return above !== undefined && edge <= above
}

/** No prompt is longer than the edge. */
function isBelow(edge: number, total: number, { upTo }: RequestSum): boolean {
  return total <= edge || (upTo !== undefined && upTo <= edge)
}
