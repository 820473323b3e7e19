import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstDayOf, isCalendarDay, isCalendarMonth } from '../../src/core/calendar.ts'

describe('isCalendarDay()', () => {
  it('agrees with the calendar of JavaScript', () => {
    const number = (max: number, digits: number) => fc.nat({ max }).map((value) => String(value).padStart(digits, '0'))
    fc.assert(
      fc.property(number(9999, 4), number(13, 2), number(32, 2), (year, month, day) => {
        const text = `${year}-${month}-${day}`
        const time = new Date(`${text}T00:00:00Z`)
        expect(isCalendarDay(text)).toBe(!Number.isNaN(time.getTime()) && time.toISOString().startsWith(text))
      }),
    )
  })

  it.each(['2025-02-31', '2025-02-29', '2025-25-11', '2025-2-1', '2025-02', ''])('refuses %j', (text) => {
    expect(isCalendarDay(text)).toBe(false)
  })

  it('handles leap years', () => {
    expect(['2024-02-29', '2000-02-29', '1900-02-29'].map(isCalendarDay)).toEqual([true, true, false])
  })
})

describe('isCalendarMonth()', () => {
  it('refuses a thirteenth month', () => {
    expect(['2023-07', '2023-13'].map(isCalendarMonth)).toEqual([true, false])
  })
})

describe('firstDayOf()', () => {
  it.each([
    ['2023', '2023-01-01'],
    ['2023-07', '2023-07-01'],
    ['2023-07-09', '2023-07-09'],
  ])('of %s is %s', (date, day) => {
    expect(firstDayOf(date)).toBe(day)
  })
})
