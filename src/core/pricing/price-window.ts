/**
 * Windows of the day with different prices. They are in UTC and half-open, and may cross midnight; `days` and `except`
 * refer to the date on which the window begins. A window that ends at the time it begins lasts 24 hours. Pure.
 */
import { minuteOf } from '../calendar.ts'
import type { PriceWindow } from '../schema/pricing.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** ISO 8601 with a time zone: without one, the meaning would depend on the machine. */
const INSTANT = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/

/** Unix milliseconds; NaN if `at` is not an instant. */
export function instantOf(at: Date | string): number {
  if (typeof at !== 'string') return at.getTime()
  return INSTANT.test(at) ? Date.parse(at) : Number.NaN
}

/** Windows do not overlap, so the first that contains the instant is the only one. */
export function windowAt(windows: PriceWindow[], instant: number): PriceWindow | undefined {
  const day = Math.floor(instant / DAY)
  const minute = (instant - day * DAY) / MINUTE
  return windows.find((window) => {
    const from = minuteOf(window.from)
    const to = minuteOf(window.to)
    if (from < to) return minute >= from && minute < to && beginsOn(window, day)
    return (minute >= from && beginsOn(window, day)) || (minute < to && beginsOn(window, day - 1))
  })
}

function beginsOn({ days, except }: PriceWindow, day: number): boolean {
  const date = new Date(day * DAY)
  // Monday is 1 and Sunday 7 here; `getUTCDay` calls Sunday 0.
  if (days && !days.includes(date.getUTCDay() || 7)) return false
  return !except?.includes(date.toISOString().slice(0, 10))
}
