/** The time of a row: an instant, or the day of a date. Times without a zone are refused: they depend on the machine. */
import { isCalendarDay } from '../../../../core/calendar.ts'
import { instantOf } from '../../../../core/pricing/price-window.ts'
import type { TimeSpan } from './usage-row.ts'

const DAY = 86_400_000
/** Unix seconds reach it in the year 5138, Unix milliseconds did in March 1973. */
const LEAST_MILLISECONDS = 1e11
const NUMBER = /^\d+(\.\d+)?$/
const DATE_LENGTH = 10
/** An offset without minutes, as databases write it. */
const SHORT_OFFSET = /[+-]\d\d$/
const ZONE = /(Z|[+-]\d\d(:\d\d)?)$/

/** `undefined` if it is not a time. */
export function readSpan(value: unknown, isUtc: boolean): TimeSpan | undefined {
  if (typeof value === 'number') return spanAt(value < LEAST_MILLISECONDS ? value * 1000 : value)
  if (typeof value !== 'string') return undefined
  if (NUMBER.test(value)) return readSpan(Number(value), isUtc)
  if (!isCalendarDay(value.slice(0, DATE_LENGTH))) return undefined
  if (value.length > DATE_LENGTH) return spanAt(instantOf(withZone(value, isUtc)))
  const from = Date.parse(value)
  return { from, until: from + DAY }
}

function spanAt(instant: number): TimeSpan | undefined {
  return Number.isNaN(new Date(instant).getTime()) ? undefined : { from: instant, until: instant }
}

function withZone(text: string, isUtc: boolean): string {
  const date = text.slice(0, DATE_LENGTH)
  const time = text.slice(DATE_LENGTH + 1).replace(' ', '')
  if (SHORT_OFFSET.test(time)) return `${date}T${time}:00`
  return `${date}T${time}${isUtc && !ZONE.test(time) ? 'Z' : ''}`
}
