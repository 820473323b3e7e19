import { describe, expect, it } from 'vitest'
import { ModelOverrideBody } from '../../../src/core/overrides/override-schema.ts'
import { boundariesOf, momentOf, pricingOf, scheduledAt } from '../../../src/core/overrides/price-schedule.ts'

const PRICING = { input: 4, output: 20 }
const span = (from: string, until?: string, facts: object = {}) => ({
  ...{ from, ...(until !== undefined && { until }), pricing: PRICING, source: 'https://example.com/prices' },
  ...facts,
})
const errorsOf = (prices: unknown) =>
  ModelOverrideBody.safeParse({ prices, note: 'why' }).error?.issues.map(({ path }) => path.slice(1).join('.')) ?? []

describe('momentOf()', () => {
  it.each([
    ['2026-08-21', '2026-08-21T00:00:00.000Z'],
    ['2026-08-16T16:00Z', '2026-08-16T16:00:00.000Z'],
    ['2026-08-16T18:00:00.5+02:00', '2026-08-16T16:00:00.500Z'],
  ])('of %s', (text, time) => {
    expect(new Date(momentOf(text)).toISOString()).toBe(time)
  })

  it.each(['2026-02-30', '2026-08', 'tomorrow', '2026-08-16T16:00', '2026-08-16T18:00:00 02:00', ''])(
    'of "%s" is none',
    (text) => {
      expect(momentOf(text)).toBeNaN()
    },
  )
})

describe('scheduledAt()', () => {
  const prices = [span('2026-08-21', '2026-11-21'), span('2026-11-21', undefined, { pricing: { input: 5 } })]

  it.each([
    ['2026-08-20T23:59:59.999Z', undefined],
    ['2026-08-21T00:00:00.000Z', 4],
    ['2026-11-20T23:59:59.999Z', 4],
    ['2026-11-21T00:00:00.000Z', 5],
    ['2099-01-01T00:00:00.000Z', 5],
  ])('of %s', (time, input) => {
    expect(scheduledAt(prices, Date.parse(time))?.pricing.input).toBe(input)
  })

  it('has a boundary at each start and end, and derives the blended price', () => {
    expect(boundariesOf(prices).map((time) => new Date(time).toISOString().slice(0, 10))).toEqual([
      '2026-08-21',
      '2026-11-21',
      '2026-11-21',
    ])
    expect(pricingOf(span('2026-08-21'))).toEqual({ ...PRICING, blended: 8 })
    expect(pricingOf({ ...span('2026-08-21'), pricing: { input: 1 } })).toEqual({ input: 1 })
  })
})

describe('prices of an override', () => {
  it.each<[string, unknown, string[]]>([
    ['one that touches the next', [span('2026-08-21', '2026-11-21'), span('2026-11-21')], []],
    ['in any order, with a note', [span('2026-11-21'), span('2026-08-21', '2026-11-21', { note: 'Promotion' })], []],
    ['an empty list', [], ['']],
    ['one that overlaps', [span('2026-08-21', '2026-11-21'), span('2026-11-20T23:59:59Z')], ['1.from']],
    ['two without an end', [span('2026-08-21'), span('2026-11-21')], ['1.from']],
    ['an end before its beginning', [span('2026-08-21', '2026-08-21')], ['0.until']],
    ['what is not a time', [span('soon')], ['0.from']],
    ['no source', [{ from: '2026-08-21', pricing: PRICING }], ['0.source']],
    ['no price', [span('2026-08-21', undefined, { pricing: {} })], ['0.pricing']],
    [
      'a blended price',
      [span('2026-08-21', undefined, { pricing: { ...PRICING, blended: 8 } })],
      ['0.pricing.blended'],
    ],
    ['an unknown price', [span('2026-08-21', undefined, { pricing: { input: 1, inputs: 1 } })], ['0.pricing']],
    ['a negative one', [span('2026-08-21', undefined, { pricing: { input: -1 } })], ['0.pricing.input']],
    ['an unknown key', [span('2026-08-21', undefined, { to: '2026-09-01' })], ['0']],
    ['61 of them', Array.from({ length: 61 }, () => ({})), ['']],
    ['not a list', span('2026-08-21'), ['']],
  ])('%s', (_, prices, errors) => {
    expect(errorsOf(prices)).toEqual(errors)
  })
})

describe('what an override replaces', () => {
  const wrong = (replaces: unknown) => !ModelOverrideBody.safeParse({ replaces, note: 'why' }).success

  it('is facts by their paths', () => {
    for (const replaces of [
      { 'pricing.input': 5 },
      { name: 'One', 'metrics.contextWindow': 1000 },
      { 'modalities.input': ['text'] },
      { 'pricing.modes.fast.input': 1 },
    ])
      expect(wrong(replaces), JSON.stringify(replaces)).toBe(false)
    for (const replaces of [{}, { 'pricing.inputs': 5 }, { value: 'x' }, { 'pricing.input': null }, [], { '': 1 }])
      expect(wrong(replaces), JSON.stringify(replaces)).toBe(true)
    const deep = JSON.parse('['.repeat(3000) + ']'.repeat(3000))
    expect(wrong({ 'pricing.tiers': deep })).toBe(true)
  })
})
