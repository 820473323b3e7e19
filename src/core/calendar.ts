/**
 * Dates of any known precision: YYYY-MM-DD, YYYY-MM or YYYY. Days are checked by arithmetic, because `Date.parse` rolls
 * 30 February over into March and takes longer than everything else about reading a row. Pure.
 */

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/
const YEAR = /^\d{4}$/

/** A real date, YYYY-MM-DD. */
export function isCalendarDay(text: string): boolean {
  if (!DAY.test(text)) return false
  const day = Number(text.slice(8))
  return day <= 28 || day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)))
}

/** YYYY-MM. */
export function isCalendarMonth(text: string): boolean {
  return MONTH.test(text)
}

/** YYYY. */
export function isCalendarYear(text: string): boolean {
  return YEAR.test(text)
}

/** The first day that a date may mean. Dates of different precision are compared by it. */
export function firstDayOf(date: string): string {
  return `${date}-01-01`.slice(0, 10).replace(/^(\d{4}-\d{2})$/, '$1-01')
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** The minutes since midnight at a clock time, HH:MM. */
export function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
}
