/** Prices that no list shows at one moment, worked out: promotions with a known end, and peak hours. */
import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/core/pricing/cost-of.ts'
import { periodAt, pricePeriods } from '../../../src/core/pricing/price-periods.ts'
import type { Pricing } from '../../../src/core/schema/pricing.ts'
import { DEEPSEEK, GEMINI_3_6_FLASH } from '../../support/core/usage-rows/priced-models.ts'

const USAGE = { prompt_tokens: 1_000_000, completion_tokens: 100_000, total_tokens: 1_100_000 }

function costAt(observed: Pricing, documented: Parameters<typeof pricePeriods>[1], at: string): number | undefined {
  const periods = pricePeriods([{ from: '2026-07-01T00:00:00Z', pricing: observed }], documented)
  const cost = costOf({ pricing: periodAt(periods, new Date(at))?.pricing }, USAGE, { at })
  return cost.ok ? cost.value.usd : undefined
}

describe('the cost of a request', () => {
  it.each([
    ['before it', '2026-08-20T23:59:59Z', 8],
    ['on its first day', '2026-08-21T00:00:00Z', 6],
    ['on its last day', '2026-11-20T23:59:59Z', 6],
    ['after it', '2026-11-21T00:00:00Z', 8],
  ])('in the three months of GPT-5.6 Sol at 4/20: %s', (_, at, usd) => {
    const promotion = { from: '2026-08-21', until: '2026-11-21', pricing: { input: 4, output: 20 }, source: 'OpenAI' }
    expect(costAt({ input: 5, output: 30 }, [promotion], at)).toBe(usd)
  })

  it.each([
    ['on the last day', '2026-12-31T23:59:59Z', 1.125],
    ['after it', '2027-01-01T00:00:00Z', 1.875],
  ])('of Gemini 3.6 Flash at half its input price: %s', (_, at, usd) => {
    const regular = { ...GEMINI_3_6_FLASH.pricing, input: 1.5 }
    const promotion = {
      from: '2026-07-01',
      until: '2027-01-01',
      pricing: GEMINI_3_6_FLASH.pricing ?? {},
      source: 'Google',
    }
    expect(costAt(regular, [promotion], at)).toBe(usd)
  })

  it.each([
    ['before it rose', '2026-08-16T15:59:59Z', 0.522],
    ['when it rose, on a Sunday', '2026-08-16T16:00:00Z', 0.858],
    ['on Monday before the first peak', '2026-08-17T00:59:59Z', 0.858],
    ['in the first peak', '2026-08-17T01:00:00Z', 1.716],
    ['between the peaks', '2026-08-17T04:00:00Z', 0.858],
    ['in the second peak', '2026-08-17T09:59:59Z', 1.716],
    ['after the peaks', '2026-08-17T10:00:00Z', 0.858],
    ['on a Saturday', '2026-08-22T02:00:00Z', 0.858],
    ['on a public holiday', '2026-10-01T02:00:00Z', 0.858],
  ])('of DeepSeek V4 Pro: %s', (_, at, usd) => {
    const rise = { from: '2026-08-16T16:00:00Z', pricing: DEEPSEEK.pricing ?? {}, source: 'DeepSeek' }
    expect(costAt({ input: 0.435, output: 0.87 }, [rise], at)).toBe(usd)
  })
})
