/** Finds prices that contradict each other: overlapping windows of the day, or tiers that do not ascend. Pure. */
import { minuteOf } from '../calendar.ts'
import type { PriceTier, PriceWindow, Pricing } from '../schema/pricing.ts'

export interface PricingError {
  path: string[]
  message: string
}

export function findPricingError({ tiers, windows, modes = {} }: Pricing): PricingError | undefined {
  if (haveOverlap(windows)) return { path: ['windows'], message: 'has overlapping windows' }
  if (!areAscending(tiers)) return { path: ['tiers'], message: UNORDERED }
  const mode = Object.entries(modes).find(([, { tiers: ofMode }]) => !areAscending(ofMode))
  return mode && { path: ['modes', mode[0], 'tiers'], message: UNORDERED }
}

const UNORDERED = 'is not in ascending order of "above"'

function areAscending(tiers: readonly PriceTier[] = []): boolean {
  return tiers.every(({ above }, at) => above > (tiers[at - 1]?.above ?? 0))
}

function haveOverlap(windows: readonly PriceWindow[] = []): boolean {
  return windows.some((window, at) => windows.slice(at + 1).some((other) => overlap(window, other)))
}

const DAY_MINUTES = 1440
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/** A window lasts a day at most, so it can overlap only with one that begins on the same day or an adjacent one. */
function overlap(a: PriceWindow, b: PriceWindow): boolean {
  const [spanOfA, spanOfB] = [spanOf(a), spanOf(b)]
  return [-1, 0, 1].some((days) => {
    const shift = days * DAY_MINUTES
    const meet = spanOfA.start < spanOfB.end + shift && spanOfB.start + shift < spanOfA.end
    return meet && beginTogether(a, b, days)
  })
}

/** Whether, in some week, `b` begins `shift` days after `a`. Excluded dates do not matter: there are other weeks. */
function beginTogether({ days: daysOfA = EVERY_DAY }: PriceWindow, b: PriceWindow, shift: number): boolean {
  const { days: daysOfB = EVERY_DAY } = b
  return daysOfA.some((day) => daysOfB.includes(((day - 1 + shift + 7) % 7) + 1))
}

/** In minutes since the midnight before the window. One that ends at the time it begins lasts a day. */
function spanOf({ from, to }: PriceWindow): { start: number; end: number } {
  const [start, end] = [minuteOf(from), minuteOf(to)]
  return { start, end: end > start ? end : end + DAY_MINUTES }
}
