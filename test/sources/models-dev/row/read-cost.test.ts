import { describe, expect, it } from 'vitest'
import { factsOfRow, readOne } from '../../../support/sources/models-dev-rows.ts'

const pricingOf = (cost: unknown, row: object = {}) => factsOfRow({ cost, ...row }).pricing

describe('cost', () => {
  it('has every price that the registry has a field for', () => {
    const cost = { input: 1, output: 2, cache_read: 3, cache_write: 4, reasoning: 5, input_audio: 6, output_audio: 7 }
    expect(pricingOf(cost)).toEqual({
      input: 1,
      output: 2,
      cacheRead: 3,
      cacheWrite: 4,
      reasoning: 5,
      inputAudio: 6,
      outputAudio: 7,
    })
  })

  it('drops only a price that is not a price, and keeps the row', () => {
    const { facts, unread } = readOne({ cost: { input: -1, output: 5, cache_read: '0.15' } })
    expect(facts.pricing).toEqual({ output: 5 })
    expect(unread).toEqual([
      { field: 'cost.cache_read', count: 1, example: 'acme/acme-1: "0.15"' },
      { field: 'cost.input', count: 1, example: 'acme/acme-1: -1' },
    ])
  })

  it('is unknown at 0/0, including cache prices, unless the row is free or in a plan', () => {
    const zero = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
    expect(factsOfRow({ cost: zero })).not.toHaveProperty('pricing')
    expect(factsOfRow({ cost: zero })).not.toHaveProperty('billing')
    expect(factsOfRow({ cost: zero, name: 'Acme 1 (free)' })).toMatchObject({ billing: 'free', pricing: { input: 0 } })
    expect(factsOfRow({ cost: zero }, { name: 'Acme Coding Plan' })).toMatchObject({ billing: 'plan' })
  })

  it('has no negative 0', () => {
    expect(Object.is(pricingOf({ input: 1, output: -0 })?.output, 0)).toBe(true)
  })
})

describe('tiers', () => {
  const tier = (size: unknown, input: unknown = 2, type: unknown = 'context') => ({ input, tier: { type, size } })

  it('ascend', () => {
    const cost = { input: 1, output: 5, tiers: [tier(256_000, 3), tier(32_000, 2)] }
    expect(pricingOf(cost)?.tiers).toEqual([
      { above: 32_000, input: 2 },
      { above: 256_000, input: 3 },
    ])
  })

  it('take precedence over context_over_200k, which is a tier above 200,000 without them', () => {
    const cost = { input: 1, output: 5, context_over_200k: { input: 9, output: 9 } }
    expect(pricingOf(cost)?.tiers).toEqual([{ above: 200_000, input: 9, output: 9 }])
    expect(pricingOf({ ...cost, tiers: [tier(272_000)] })?.tiers).toEqual([{ above: 272_000, input: 2 }])
  })

  it('with another type, without a size, repeated or without a price are left out and counted', () => {
    const tiers = [tier(10, 2, 'time'), tier(0), tier(30), tier(30), tier(40, 'much'), { input: 5 }, 7]
    const { facts, unread } = readOne({ cost: { input: 1, output: 5, tiers } })
    expect(facts.pricing?.tiers).toEqual([{ above: 30, input: 2 }])
    expect(unread.map(({ field, count }) => [field, count])).toEqual([
      ['cost.tiers.tier.type', 1],
      ['cost.tiers.tier.size', 1],
      ['cost.tiers', 2],
      ['cost.tiers.input', 1],
      ['cost.tiers.tier', 1],
    ])
  })

  it('are unread if there are implausibly many', () => {
    const tiers = Array.from({ length: 21 }, (_, index) => tier(index + 1))
    const { facts, unread } = readOne({ cost: { input: 1, output: 5, tiers } })
    expect(facts.pricing).toEqual({ input: 1, output: 5 })
    expect(unread.map(({ field }) => field)).toEqual(['cost.tiers'])
  })
})

describe('modes', () => {
  const modesOf = (modes: unknown) => factsOfRow({ experimental: { modes } }).pricing?.modes

  it('have prices, tiers and the request to send', () => {
    const fast = {
      cost: { input: 2, output: 10, tiers: [{ input: 4, tier: { type: 'context', size: 200_000 } }] },
      provider: { body: { service_tier: 'priority' }, headers: { 'anthropic-beta': 'fast' } },
    }
    const pro = { provider: { body: { reasoning: { mode: 'pro' } } } }
    expect(modesOf({ fast, pro })).toEqual({
      fast: {
        input: 2,
        output: 10,
        tiers: [{ above: 200_000, input: 4 }],
        request: { body: { service_tier: 'priority' }, headers: { 'anthropic-beta': 'fast' } },
      },
      pro: { request: { body: { reasoning: { mode: 'pro' } } } },
    })
  })

  it.each([
    ['a header that is not text', { headers: { beta: 5 } }],
    ['a header with a line break', { headers: { beta: 'a\r\nb: c' } }],
    ['a name that no header can have', { headers: { 'a b': 'c' } }],
    ['a body with a lone surrogate', { body: { text: '\ud800' } }],
    ['a body that is too long', { body: { text: 'x'.repeat(2001) } }],
    ['a body that is not an object', { body: ['x'] }],
    ['a body with __proto__', { body: JSON.parse('{"a":{"__proto__":1}}') }],
  ])('drop the whole request if it has %s', (_, provider) => {
    const { facts, unread } = readOne({ experimental: { modes: { fast: { cost: { input: 2 }, provider } } } })
    expect(facts.pricing?.modes).toEqual({ fast: { input: 2 } })
    expect(unread.map(({ field }) => field)).toEqual([
      `experimental.modes.provider.${'body' in provider ? 'body' : 'headers'}`,
    ])
  })

  it('without facts, with invalid names or in implausible numbers are left out', () => {
    expect(
      modesOf(JSON.parse('{"__proto__":{"cost":{"input":2}},"a b":{"cost":{"input":2}},"none":{}}')),
    ).toBeUndefined()
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`m${index}`, { cost: { input: 1 } }]))
    expect(modesOf(many)).toBeUndefined()
  })

  it('are absent from a row that is marked as experimental', () => {
    expect(readOne({ experimental: true }).unread).toEqual([])
  })
})
