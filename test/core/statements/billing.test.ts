import { describe, expect, it } from 'vitest'
import type { Pricing } from '../../../src/core/schema/pricing.ts'
import { type Billed, billingOf } from '../../../src/core/statements/billing.ts'

const row = (facts: Partial<Billed> = {}): Billed => ({
  provider: 'acme',
  providerName: 'Acme',
  id: 'acme-1',
  name: 'Acme 1',
  ...facts,
})
const ZERO: Pricing = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }

describe('billingOf()', () => {
  it.each([
    ['an id with the word "free"', { id: 'acme-1:free' }],
    ['a name with the word "free"', { name: 'Acme 1 (Free)' }],
    ['a local runtime', { provider: 'lmstudio' }],
    ['a row listed as free', { provider: 'zai', id: 'glm-4.7-flash' }],
  ])('reads 0/0 as %s', (_, facts) => {
    expect(billingOf(row(facts), ZERO)).toEqual({ billing: 'free', pricing: ZERO })
  })

  it.each([
    ['an id with the word "plan"', { provider: 'acme-coding-plan' }],
    ['a name with the word "plan"', { providerName: 'Acme Token Plan (China)' }],
    ['a provider listed as paid by subscription', { provider: 'gitlab' }],
  ])('reads 0/0 as included in a plan for %s', (_, facts) => {
    expect(billingOf(row(facts), ZERO)).toEqual({ billing: 'plan' })
    expect(billingOf(row(facts), undefined)).toEqual({ billing: 'plan' })
  })

  it('reads neither billing nor prices, including cache prices, from any other row at 0/0', () => {
    expect(billingOf(row(), ZERO)).toEqual({})
    expect(billingOf(row({ id: 'freedom-1', name: 'Planet' }), ZERO)).toEqual({})
    expect(billingOf(row(), { ...ZERO, tiers: [{ above: 200_000, input: 2, output: 6 }] })).toEqual({})
  })

  it('keeps a price above 0, and states no billing', () => {
    const pricing = { input: 1, output: 0, cacheRead: 0 }
    expect(billingOf(row({ id: 'acme-1:free', provider: 'acme-plan' }), pricing)).toEqual({ pricing })
    expect(billingOf(row(), { input: 0, output: 4 })).toEqual({ pricing: { input: 0, output: 4 } })
  })

  it('reads 0 for reasoning and audio as unknown if input has a price', () => {
    const pricing = { input: 1, output: 0, cacheRead: 0, reasoning: 0, inputAudio: 0, outputAudio: 0 }
    expect(billingOf(row(), pricing)).toEqual({ pricing: { input: 1, output: 0, cacheRead: 0 } })
    expect(billingOf(row(), { output: 1, reasoning: 0 })).toEqual({ pricing: { output: 1, reasoning: 0 } })
  })

  it('reads tiers and modes at 0/0 as unknown, but keeps how a mode is requested', () => {
    const request = { body: { speed: 'fast' } }
    const pricing: Pricing = {
      input: 1,
      output: 5,
      tiers: [
        { above: 1000, ...ZERO },
        { above: 2000, output: 9, reasoning: 0 },
      ],
      modes: {
        fast: { ...ZERO, request },
        slow: ZERO,
        pro: { input: 3, inputAudio: 0, tiers: [{ above: 1, ...ZERO }] },
      },
    }
    expect(billingOf(row(), pricing).pricing).toEqual({
      input: 1,
      output: 5,
      tiers: [{ above: 2000, output: 9 }],
      modes: { fast: { request }, pro: { input: 3 } },
    })
  })

  it('keeps the modes of a row that has no price itself', () => {
    const pricing: Pricing = { modes: { fast: { input: 3, output: 9 } } }
    expect(billingOf(row(), pricing)).toEqual({ pricing })
  })

  it('does not modify its input', () => {
    const pricing = { input: 1, reasoning: 0, tiers: [{ above: 1, input: 2, inputAudio: 0 }] }
    const before = structuredClone(pricing)
    billingOf(row(), pricing)
    expect(pricing).toEqual(before)
  })
})
