import { describe, expect, it } from 'vitest'
import { estimateCost } from '../../src/client/index.ts'
import { model } from '../support/rows.ts'

const PRICED = model({ pricing: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 } })
const FREE = model({ pricing: { input: 0, output: 0 } })

describe('estimateCost()', () => {
  it.each([
    [PRICED, { inputTokens: 1_000_000, outputTokens: 0 }, 3],
    [PRICED, { inputTokens: 1000, outputTokens: 500 }, 0.0105],
    [PRICED, { inputTokens: 0, outputTokens: 0, cacheReadTokens: 10_000, cacheWriteTokens: 10_000 }, 0.0405],
    [FREE, { inputTokens: 5, outputTokens: 5 }, 0],
    [FREE, { inputTokens: 5, outputTokens: 5, cacheReadTokens: 0 }, 0],
    [model(), { inputTokens: 0, outputTokens: 0 }, 0],
  ])('of %# is in dollars', (of, usage, dollars) => {
    expect(estimateCost(of, usage)).toBeCloseTo(dollars, 12)
  })

  it.each([
    [model(), { inputTokens: 1, outputTokens: 0 }],
    [model({ pricing: { input: 1 } }), { inputTokens: 1, outputTokens: 1 }],
    [model({ pricing: { output: 1 } }), { inputTokens: 1, outputTokens: 1 }],
    [FREE, { inputTokens: 1, outputTokens: 1, cacheReadTokens: 1 }],
    [FREE, { inputTokens: 1, outputTokens: 1, cacheWriteTokens: 1 }],
  ])('of %# is unknown, because a price is', (of, usage) => {
    expect(estimateCost(of, usage)).toBeUndefined()
  })

  it('is unknown above the lowest tier, whatever the tokens of the prompts are, and at prices of the day', () => {
    const tiered = model({
      pricing: {
        ...PRICED.pricing,
        tiers: [
          { above: 200_000, input: 6 },
          { above: 500_000, input: 9 },
        ],
      },
    })
    expect(estimateCost(tiered, { inputTokens: 200_000, outputTokens: 1_000_000 })).toBeCloseTo(15.6, 12)
    expect(estimateCost(tiered, { inputTokens: 200_001, outputTokens: 0 })).toBeUndefined()
    expect(estimateCost(tiered, { inputTokens: 1, outputTokens: 0, cacheReadTokens: 200_000 })).toBeUndefined()
    const windows = [{ from: '16:30', to: '00:30', factor: 0.5 }]
    expect(
      estimateCost(model({ pricing: { input: 1, output: 1, windows } }), { inputTokens: 1, outputTokens: 1 }),
    ).toBeUndefined()
  })

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('refuses %s tokens', (inputTokens) => {
    expect(() => estimateCost(PRICED, { inputTokens, outputTokens: 1 })).toThrow(RangeError)
  })

  it('refuses what is no number of tokens also where a price is unknown', () => {
    expect(() => estimateCost(model(), { inputTokens: 1, outputTokens: -1 })).toThrow(RangeError)
  })
})
