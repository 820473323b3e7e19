import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf, windowAt } from '../../../src/core/pricing/price-window.ts'
import { naiveHolds } from '../../support/core/naive/naive-cost.ts'

const PEAK = { from: '01:00', to: '04:00', days: [1, 2, 3, 4, 5], except: ['2026-10-01'], factor: 2 }
const NIGHT = { from: '22:00', to: '06:00', days: [5], except: ['2026-12-25'], factor: 0.5 }
const SUNDAY = { from: '00:00', to: '00:00', days: [7], factor: 0.5 }

describe('windowAt()', () => {
  it.each([
    ['at its start', PEAK, '2026-09-30T01:00:00.000Z', true],
    ['just before it', PEAK, '2026-09-30T00:59:59.999Z', false],
    ['just before its end', PEAK, '2026-09-30T03:59:59.999Z', true],
    ['at its end', PEAK, '2026-09-30T04:00:00.000Z', false],
    ['on another day', PEAK, '2026-10-03T02:00:00.000Z', false],
    ['on an exception', PEAK, '2026-10-01T02:00:00.000Z', false],
    ['before midnight', NIGHT, '2026-10-02T22:00:00.000Z', true],
    ['after midnight, by the day on which it began', NIGHT, '2026-10-03T05:59:59.999Z', true],
    ['at its end on the next day', NIGHT, '2026-10-03T06:00:00.000Z', false],
    ['in the morning of its own day', NIGHT, '2026-10-02T05:00:00.000Z', false],
    ['before midnight of an exception', NIGHT, '2026-12-25T23:00:00.000Z', false],
    ['after midnight of an exception', NIGHT, '2026-12-26T05:00:00.000Z', false],
    ['all day at its start', SUNDAY, '2026-10-04T00:00:00.000Z', true],
    ['all day at its end', SUNDAY, '2026-10-04T23:59:59.999Z', true],
    ['after all day', SUNDAY, '2026-10-05T00:00:00.000Z', false],
    ['before 1970', { from: '10:00', to: '11:00', days: [3], factor: 1 }, '1969-12-31T10:30:00.000Z', true],
  ])('%s', (_, window, at, holds) => {
    expect(windowAt([window], instantOf(at))).toBe(holds ? window : undefined)
  })

  it('agrees with a search backwards minute by minute', () => {
    const clock = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
    const window = fc.record({
      from: clock,
      to: clock,
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      except: fc.subarray(['2026-10-01', '2026-10-02', '2026-10-03'], { minLength: 1 }),
      factor: fc.constant(2),
    })
    const time = fc.date({ min: new Date('2026-09-30'), max: new Date('2026-10-05'), noInvalidDate: true })
    fc.assert(
      fc.property(window, time, (some, at) => {
        expect(windowAt([some], at.getTime()) !== undefined).toBe(naiveHolds(some, at.toISOString()))
      }),
    )
  })
})
