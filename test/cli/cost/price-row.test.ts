import { describe, expect, it } from 'vitest'
import { DistinctRows } from '../../../src/cli/commands/cost/price/distinct-rows.ts'
import { IdSet } from '../../../src/cli/commands/cost/price/id-set.ts'
import { priceRow } from '../../../src/cli/commands/cost/price/price-row.ts'
import type { Pricing } from '../../../src/core/schema/pricing.ts'
import { instant, MILLION, modelPrices, period, usageRow } from '../../support/cli/cost/priced-rows.ts'

const OPTIONS = { assumeInputPriceForCache: false, assumeShortPrompts: false }
const DAY = { from: Date.UTC(2026, 8, 1), until: Date.UTC(2026, 8, 2) }
const FLAT: Pricing = { input: 1, output: 2 }
const TIERED: Pricing = { ...FLAT, tiers: [{ above: 200_000, input: 10, output: 20 }] }

function usdOf(...args: Parameters<typeof priceRow>): number | string {
  const priced = priceRow(...args)
  return priced.ok ? priced.value.cost.usd : `${priced.failure.code}: ${priced.failure.detail}`
}

describe('priceRow()', () => {
  const changed = modelPrices(
    period('2026-08-01', '2026-09-01', FLAT),
    period('2026-09-01', undefined, { input: 5, output: 5 }),
  )

  it.each([
    ['2026-08-31T23:59:59.999Z', 3],
    ['2026-09-01T00:00:00Z', 10],
    ['2027-01-01T00:00:00Z', 10],
  ])('uses the prices of the time %s', (time, usd) => {
    expect(usdOf(usageRow({ span: instant(time) }), changed, OPTIONS)).toBe(usd)
  })

  it('has no price before the first period, between two periods, or in a period without prices', () => {
    expect(usdOf(usageRow({ span: instant('2026-07-31T23:59:59Z') }), changed, OPTIONS)).toBe(
      'unknown-price: the prices of "acme/acme-one" at that time are unknown; they are known from 2026-08-01T00:00:00.000Z',
    )
    const gap = modelPrices(period('2026-08-01', '2026-08-02', FLAT), period('2026-09-02', undefined, FLAT))
    expect(usdOf(usageRow(), gap, OPTIONS)).toMatch(/^unknown-price/)
    expect(usdOf(usageRow(), modelPrices(period('2026-08-01', undefined)), OPTIONS)).toMatch(
      /^unknown-price: the price "input"/,
    )
    expect(usdOf(usageRow(), modelPrices(), OPTIONS)).toMatch(/^unknown-price/)
  })

  it('prices a day if the prices are the same all day', () => {
    expect(usdOf(usageRow({ span: DAY }), changed, OPTIONS)).toBe(10)
    const over = { from: DAY.from - 1, until: DAY.until }
    expect(usdOf(usageRow({ span: over }), changed, OPTIONS)).toBe(
      'unclear-usage: the prices changed at 2026-09-01T00:00:00.000Z, within the period that the row covers',
    )
    const renewed = modelPrices(period('2026-08-01', '2026-09-01', FLAT), period('2026-09-01', undefined, FLAT))
    expect(usdOf(usageRow({ span: over }), renewed, OPTIONS)).toBe(3)
    const ended = modelPrices(period('2026-08-01', '2026-09-01', FLAT))
    expect(usdOf(usageRow({ span: over }), ended, OPTIONS)).toMatch(/^unclear-usage/)
  })

  it('prices a moment, but not a day, if prices depend on the hour', () => {
    const nightly = modelPrices(
      period('2026-08-01', undefined, { ...FLAT, windows: [{ from: '22:00', to: '06:00', factor: 0.5 }] }),
    )
    expect(usdOf(usageRow({ span: instant('2026-09-01T23:00:00Z') }), nightly, OPTIONS)).toBe(1.5)
    expect(usdOf(usageRow({ span: DAY }), nightly, OPTIONS)).toMatch(/^time-needed/)
  })

  describe('of a sum of requests', () => {
    const tiered = modelPrices(period('2026-08-01', undefined, TIERED))

    it.each([
      ['none was long', { upTo: 200_000 }, MILLION, 3],
      ['all were long', { above: 200_000 }, MILLION, 30],
      ['there were too few tokens for a long one', {}, { prompt_tokens: 200_000, completion_tokens: 0 }, 0.2],
    ])('finds the tier when %s', (_, sum, usage, usd) => {
      expect(usdOf(usageRow({ sum, usage }), tiered, OPTIONS)).toBe(usd)
    })

    it('has no price if some prompts may have been long, unless an option assumes otherwise', () => {
      expect(usdOf(usageRow({ sum: {} }), tiered, OPTIONS)).toBe(
        'unclear-usage: the row aggregates several requests, and does not state which were longer than 200000 tokens (see --assume-short-prompts)',
      )
      const assumed = priceRow(usageRow({ sum: {} }), tiered, { ...OPTIONS, assumeShortPrompts: true })
      expect(assumed).toMatchObject({ ok: true, value: { cost: { usd: 3 }, isAssumedShort: true } })
    })

    it('also considers the tiers of modes', () => {
      const modes = { batch: { input: 0.5, output: 1, tiers: [{ above: 200_000, input: 5, output: 10 }] } }
      const batched = modelPrices(period('2026-08-01', undefined, { ...FLAT, modes }))
      expect(usdOf(usageRow({ mode: 'batch', sum: { upTo: 200_000 } }), batched, OPTIONS)).toBe(1.5)
      expect(usdOf(usageRow({ mode: 'batch', sum: { above: 200_000 } }), batched, OPTIONS)).toBe(15)
    })
  })

  it('finds the mode from how a request was served', () => {
    const modes = {
      fast: { input: 2, output: 4, request: { body: { service_tier: 'priority' } } },
      flex: { input: 0.5, output: 1 },
    }
    const prices = modelPrices(period('2026-08-01', undefined, { ...FLAT, modes }))
    const served = (service_tier: string) => usageRow({ usage: { ...MILLION, service_tier } })
    expect(usdOf(served('priority'), prices, OPTIONS)).toBe(6)
    expect(usdOf(served('flex'), prices, OPTIONS)).toBe(1.5)
    expect(usdOf(served('default'), prices, OPTIONS)).toBe(3)
    expect(usdOf(served('scale'), prices, OPTIONS)).toMatch(/^mode-needed/)
  })
})

describe('DistinctRows', () => {
  it('keeps the last row with an id, at the time of the first', () => {
    const distinct = new DistinctRows()
    const first = usageRow({ id: 'a', usage: { input_tokens: 1, output_tokens: 1 } })
    const last = usageRow({ id: 'a', record: 3, span: DAY, usage: { input_tokens: 1, output_tokens: 90 } })
    for (const row of [first, usageRow({ id: 'b', record: 2 }), last]) expect(distinct.push(row)).toBeUndefined()
    expect([...distinct.end()]).toEqual([{ ...last, record: 1, span: first.span }, usageRow({ id: 'b', record: 2 })])
    expect(distinct.repeated).toBe(1)
  })

  it('drops a row whose id occurred long before, and keeps rows without an id', () => {
    const distinct = new DistinctRows()
    const passed = Array.from({ length: 1500 }, (_, record) => distinct.push(usageRow({ id: `${record}`, record })))
    expect(passed.filter((row) => row !== undefined).map(({ record }) => record)).toEqual(
      Array.from({ length: 500 }, (_, n) => n),
    )
    expect(distinct.push(usageRow({ id: '7' }))).toBeUndefined()
    expect([...distinct.end()]).toHaveLength(1000)
    expect(distinct.repeated).toBe(1)
    expect(distinct.push(usageRow())).toEqual(usageRow())
  })
})

describe('IdSet', () => {
  it('contains every id that was added, and no other', () => {
    const ids = new IdSet()
    const some = Array.from({ length: 5000 }, (_, number) => `msg_${number} req_${number}`)
    expect(some.some((id) => ids.add(id))).toBe(false)
    expect(some.every((id) => ids.add(id))).toBe(true)
    expect(ids.add('another')).toBe(false)
  })
})
