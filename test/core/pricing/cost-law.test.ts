import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/core/pricing/cost-of.ts'
import type { Prices, Pricing } from '../../../src/core/schema/pricing.ts'
import { PRICES } from '../../../src/core/vocabulary.ts'
import { add, multiply, naiveCost, plain } from '../../support/core/naive/naive-cost.ts'
import { SHAPES, type TokenCounts } from '../../support/core/usage-shapes.ts'

const anyPrice = fc.oneof(
  fc.constantFrom(0, 0.1, 0.3, 1.25, 3, 3.75, 15, 0.003625, 1e-7, 1e21),
  fc.double({ min: 0, max: 1e3, noNaN: true }),
)
const ofEveryKind = Object.fromEntries(PRICES.map((kind) => [kind, anyPrice])) as Record<
  (typeof PRICES)[number],
  typeof anyPrice
>
const anyPrices: fc.Arbitrary<Prices> = fc.record(ofEveryKind, { requiredKeys: [] })
const anyTiers = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4000 }), anyPrices), { selector: ([above]) => above, maxLength: 3 })
  .map((tiers) => tiers.map(([above, prices]) => ({ ...prices, above })).sort((a, b) => a.above - b.above))
const anyClock = fc.constantFrom('00:00', '01:00', '06:30', '12:00', '22:00', '23:59')
const anyWindow = fc
  .tuple(
    anyClock,
    anyClock,
    fc.option(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), { nil: undefined }),
    fc.option(fc.subarray(['2026-10-01', '2026-10-02', '2026-10-03'], { minLength: 1 }), { nil: undefined }),
    fc.oneof(
      anyPrice.map((factor) => ({ factor })),
      anyPrices.map((prices) => ({ prices })),
    ),
  )
  .map(([from, to, days, except, change]) => ({
    from,
    to,
    ...(days && { days }),
    ...(except && { except }),
    ...change,
  }))
const anyMode = fc
  .tuple(anyPrices, fc.option(anyTiers))
  .map(([prices, tiers]) => ({ ...prices, ...(tiers && { tiers }) }))
const anyPricing: fc.Arbitrary<Pricing> = fc
  .tuple(anyPrices, fc.option(anyTiers), fc.option(anyWindow), fc.option(anyMode))
  .map(([prices, tiers, window, mode]) => ({
    ...prices,
    ...(tiers && { tiers }),
    ...(window && { windows: [window] }),
    ...(mode && { modes: { fast: mode } }),
  }))

const anyCount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 1e9 }))
const anySpent: fc.Arbitrary<TokenCounts> = fc.record({
  fresh: anyCount,
  cacheRead: anyCount,
  cacheWrite: anyCount,
  cacheWrite1h: anyCount,
  audioIn: anyCount,
  text: anyCount,
  reasoning: anyCount,
  audioOut: anyCount,
})
const anyTime = fc
  .date({ min: new Date('2026-09-28T00:00:00Z'), max: new Date('2026-10-05T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const anyOptions = fc.record({ mode: fc.constantFrom(undefined, undefined, 'fast', 'absent'), at: anyTime })

const anyUsage = fc.tuple(fc.constantFrom(...SHAPES), anySpent).map(([[name, shape, without], all]) => {
  const spent = { ...all, ...Object.fromEntries(without.map((key) => [key, 0])) }
  return { name, spent, usage: shape(spent) }
})

/** Kinds that have a price are counted separately; others are part of input or output. */
function kindsOf(spent: TokenCounts, apart: (kind: keyof Prices) => boolean) {
  const audioIn = apart('inputAudio') ? spent.audioIn : 0
  const audioOut = apart('outputAudio') ? spent.audioOut : 0
  const reasoning = apart('reasoning') ? spent.reasoning : 0
  const { cacheRead, cacheWrite, cacheWrite1h } = spent
  return {
    input: spent.fresh + spent.audioIn - audioIn,
    output: spent.text + spent.reasoning + spent.audioOut - reasoning - audioOut,
    ...{ cacheRead, cacheWrite, cacheWrite1h, reasoning, inputAudio: audioIn, outputAudio: audioOut },
  }
}

describe('costOf()', () => {
  it('agrees with sums on paper, for the usage of every API', () => {
    fc.assert(
      fc.property(anyUsage, anyPricing, anyOptions, ({ spent, usage }, pricing, options) => {
        // A kind is counted separately if it has a price, which shows when one token of it alone is priced.
        const prompt = spent.fresh + spent.audioIn + spent.cacheRead + spent.cacheWrite + spent.cacheWrite1h
        const isPriced = (kind: keyof Prices) =>
          naiveCost(pricesAtLength(pricing, prompt), { tokens: { [kind]: 1 }, ...options }) !== undefined
        const expected = naiveCost(pricing, { tokens: kindsOf(spent, isPriced), ...options })
        const cost = costOf({ pricing }, usage, options)
        expect(cost.ok ? cost.value.usd : undefined).toBe(expected === undefined ? undefined : Number(expected))
      }),
      { numRuns: 2000 },
    )
  })

  it('has lines that add up to the sum', () => {
    fc.assert(
      fc.property(anyUsage, anyPricing, anyOptions, ({ usage }, pricing, options) => {
        const cost = costOf({ pricing: withoutFactors(pricing) }, usage, options)
        if (!cost.ok) return
        const { lines, usd } = cost.value
        const exact = lines.map(({ tokens, price }) => multiply(multiply(plain(price), String(tokens)), '0.000001'))
        expect(Number(exact.reduce(add, '0'))).toBe(usd)
        expect(lines.map((line) => line.usd)).toEqual(exact.map(Number))
        for (const { tokens } of lines) expect(tokens).toBeGreaterThan(0)
      }),
    )
  })

  it('never costs less for more tokens at the same prices', () => {
    const flat = fc.record(ofEveryKind).map((pricing) => ({ pricing }))
    fc.assert(
      fc.property(fc.constantFrom(...SHAPES), anySpent, anySpent, flat, ([, shape, without], some, others, model) => {
        const gone = Object.fromEntries(without.map((key) => [key, 0]))
        const less: TokenCounts = { ...some, ...gone }
        const keys = Object.keys(less) as (keyof TokenCounts)[]
        const more = { ...less, ...Object.fromEntries(keys.map((key) => [key, less[key] + others[key]])), ...gone }
        const [one, other] = [costOf(model, shape(less)), costOf(model, shape(more))]
        if (!one.ok || !other.ok) throw new Error('all prices are known')
        expect(other.value.usd).toBeGreaterThanOrEqual(one.value.usd)
      }),
    )
  })

  it('reads the same cost from every API that can report the same tokens', () => {
    const plainTokens = fc.record({ fresh: anyCount, text: anyCount })
    fc.assert(
      fc.property(plainTokens, anyPricing, anyOptions, (tokens, pricing, options) => {
        const none = { cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, audioIn: 0, reasoning: 0, audioOut: 0 }
        const costs = SHAPES.map(([, shape]) => costOf({ pricing }, shape({ ...tokens, ...none }), options))
        for (const cost of costs) expect(cost).toEqual(costs[0])
      }),
    )
  })

  it('refuses tokens under a key that no API has', () => {
    fc.assert(
      fc.property(anyUsage, fc.integer({ min: 1, max: 1e6 }), ({ usage }, tokens) => {
        const cost = costOf({ pricing: { input: 1, output: 1 } }, { ...usage, dark_tokens: tokens })
        expect(cost).toMatchObject({ ok: false, failure: { code: 'unknown-tokens', key: 'dark_tokens' } })
      }),
    )
  })

  it('neither throws nor returns a negative cost, for any input', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.dictionary(
            fc.constantFrom('prompt_tokens', 'input_tokens', 'inputTokens', 'raw', 'promptTokensDetails'),
            fc.anything(),
          ),
        ),
        (usage) => {
          const cost = costOf({ pricing: { input: 1, output: 1 } }, usage)
          if (cost.ok) expect(cost.value.usd).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})

/** Keeps the tiers that a prompt of this length exceeds, and lets them apply at any length. */
function pricesAtLength(pricing: Pricing, prompt: number): Pricing {
  const reached = (tiers: Pricing['tiers']) =>
    tiers?.filter(({ above }) => above < prompt).map((tier, at) => ({ ...tier, above: at - 100 }))
  const { fast } = pricing.modes ?? {}
  return {
    ...pricing,
    ...(pricing.tiers && { tiers: reached(pricing.tiers) }),
    ...(fast && { modes: { fast: { ...fast, ...(fast.tiers && { tiers: reached(fast.tiers) }) } } }),
  }
}

/** Without factors, because the product of two doubles may not be a double, and the price of a line is then rounded. */
function withoutFactors(pricing: Pricing): Pricing {
  return { ...pricing, windows: pricing.windows?.filter(({ factor }) => factor === undefined) }
}
