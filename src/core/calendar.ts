/**
 * Dates as far as they are known: YYYY-MM-DD, YYYY-MM or YYYY. `Date.parse` rolls 30 February over into March, so a date
 * is accepted only if it comes back as it was written. Pure.
 */

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/
const YEAR = /^\d{4}$/

/** A real date, YYYY-MM-DD. */
export function isCalendarDay(text: string): boolean {
  if (!DAY.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** YYYY-MM. */
export function isCalendarMonth(text: string): boolean {
  return MONTH.test(text)
}

/** YYYY. */
export function isCalendarYear(text: string): boolean {
  return YEAR.test(text)
}

/** The first day that a date may mean: what dates of different precision are compared by. */
export function firstDayOf(date: string): string {
  return `${date}-01-01`.slice(0, 10).replace(/^(\d{4}-\d{2})$/, '$1-01')
}
