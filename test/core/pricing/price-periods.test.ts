import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DocumentedPrices,
  type ObservedPrices,
  periodAt,
  pricePeriods,
} from '../../../src/core/pricing/price-periods.ts'

const FIVE = { input: 5, output: 30 }
const FOUR = { input: 4, output: 20 }
const day = (date: string) => `${date}T00:00:00.000Z`

describe('pricePeriods()', () => {
  it('has a period for each observed price, oldest first', () => {
    const revisions = [
      { from: '2026-07-02T02:00:03.000Z', pricing: FOUR },
      { from: '2026-07-01T02:00:01.000Z', pricing: FIVE },
    ]
    expect(pricePeriods(revisions, [])).toEqual([
      { from: '2026-07-01T02:00:01.000Z', until: '2026-07-02T02:00:03.000Z', pricing: FIVE, basis: 'observed' },
      { from: '2026-07-02T02:00:03.000Z', pricing: FOUR, basis: 'observed' },
    ])
  })

  it('starts no period at a revision without a price change, in any order of keys', () => {
    const revisions = [
      { from: day('2026-07-01'), pricing: { input: 5, output: 30 } },
      { from: day('2026-07-05'), pricing: { output: 30, input: 5 } },
    ]
    expect(pricePeriods(revisions, [])).toEqual([{ from: day('2026-07-01'), pricing: FIVE, basis: 'observed' }])
  })

  it('keeps periods in which prices were unknown', () => {
    const revisions = [{ from: day('2026-07-01'), pricing: FIVE }, { from: day('2026-07-03') }]
    expect(pricePeriods(revisions, [])[1]).toEqual({ from: day('2026-07-03'), basis: 'observed' })
  })

  it('replaces observed prices by documented ones, and keeps the rest', () => {
    const promotion = {
      from: '2026-08-21',
      until: '2026-11-21',
      pricing: FOUR,
      source: 'https://example.com/4-20',
      note: 'Promotion',
    }
    expect(pricePeriods([{ from: day('2026-07-01'), pricing: FIVE }], [promotion])).toEqual([
      { from: day('2026-07-01'), until: day('2026-08-21'), pricing: FIVE, basis: 'observed' },
      { ...promotion, from: day('2026-08-21'), until: day('2026-11-21'), basis: 'documented' },
      { from: day('2026-11-21'), pricing: FIVE, basis: 'observed' },
    ])
  })

  it('leaves gaps if nothing is known, and may start before the registry', () => {
    const documented = [
      { from: '2025-01-01', until: '2025-02-01', pricing: FIVE },
      { from: '2025-03-01T12:00:00+02:00', until: '2025-04-01', pricing: FOUR },
    ]
    expect(pricePeriods([], documented).map(({ from, until }) => [from, until])).toEqual([
      [day('2025-01-01'), day('2025-02-01')],
      ['2025-03-01T10:00:00.000Z', day('2025-04-01')],
    ])
  })

  it('calls a backfilled revision documented', () => {
    const revisions: ObservedPrices[] = [
      { from: day('2026-01-01'), pricing: FIVE, basis: 'documented', source: 'models.dev' },
    ]
    expect(pricePeriods(revisions, [])).toEqual([
      { from: day('2026-01-01'), pricing: FIVE, basis: 'documented', source: 'models.dev' },
    ])
  })

  it('has at every moment the price that was stated last for it', () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()
    const anyRevisions = fc
      .uniqueArray(fc.tuple(fc.nat(48), fc.nat(3)), { selector: ([hour]) => hour, maxLength: 6 })
      .map((list) => list.map(([hour, input]) => ({ from: at(hour), ...(input > 0 && { pricing: { input } }) })))
    const anyDocumented: fc.Arbitrary<DocumentedPrices[]> = fc
      .uniqueArray(fc.nat(48), { maxLength: 6 })
      .map((hours) => hours.sort((a, b) => a - b))
      .map((hours) =>
        hours.flatMap((hour, index) =>
          index % 2 === 1
            ? []
            : [{ from: at(hour), until: at(hours[index + 1] ?? 60), pricing: { input: 10 + index } }],
        ),
      )
    fc.assert(
      fc.property(anyRevisions, anyDocumented, fc.nat(50), (revisions, documented, hour) => {
        const periods = pricePeriods(revisions, documented)
        const time = at(hour)
        const said = documented.find(({ from, until }) => from <= time && time < (until ?? ''))
        const seen = revisions.filter(({ from }) => from <= time).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
        expect(periodAt(periods, Date.parse(time))?.pricing).toEqual((said ?? seen)?.pricing)
        for (const [index, { until }] of periods.entries()) {
          const next = periods[index + 1]
          if (next) expect((until ?? '~') <= next.from).toBe(true)
        }
      }),
    )
  })
})

describe('periodAt()', () => {
  const periods = pricePeriods(
    [
      { from: day('2026-07-01'), pricing: FIVE },
      { from: day('2026-07-02'), pricing: FOUR },
    ],
    [],
  )

  it.each([
    ['2026-06-30T23:59:59.999Z', undefined],
    ['2026-07-01T00:00:00.000Z', FIVE],
    ['2026-07-01T23:59:59.999Z', FIVE],
    ['2026-07-02T00:00:00.000Z', FOUR],
    ['2030-01-01T00:00:00.000Z', FOUR],
  ])('of %s', (time, pricing) => {
    expect(periodAt(periods, Date.parse(time))?.pricing).toEqual(pricing)
  })
})
