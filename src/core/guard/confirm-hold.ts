/**
 * A loss that lasts is real: a held pull is confirmed by a later one that shows the same. The clock starts at the first
 * of like held pulls, so that frequent refreshes do not restart it. Without a clock of its own: times are arguments.
 */
import type { GuardLimits } from './guard-limits.ts'
import type { GuardedRow } from './guarded-row.ts'
import type { HoldReason } from './hold-reason.ts'
import { reasonsToHold } from './reasons-to-hold.ts'

/** Outages of the sources were over within a day, most of them within hours. */
export const CONFIRM_AFTER_MS = 12 * 3600_000

/** A held pull, or what a held provider had in it. */
export interface HeldRows {
  /** Unix milliseconds. */
  at: number
  /** Against the last accepted rows. */
  reasons: readonly HoldReason[]
  rows: readonly GuardedRow[]
}

/** Whether `next`, which the guard would hold, may be taken because `held` showed the same long enough ago. */
export function confirms(held: HeldRows, next: HeldRows, limits: GuardLimits): boolean {
  return next.at - held.at >= CONFIRM_AFTER_MS && showsSameLoss(held, next, limits)
}

/** The held pull to remember after `next` was held: the earlier one as long as `next` shows the same. */
export function firstHeld(held: HeldRows | undefined, next: HeldRows, limits: GuardLimits): HeldRows {
  return held && showsSameLoss(held, next, limits) ? held : next
}

/**
 * A part of the loss may have been restored, nothing may have been lost in addition: two pulls that lack different
 * thirds of the rows are two outages. A pull that is too large for the platform does not become smaller by waiting.
 */
function showsSameLoss(held: HeldRows, next: HeldRows, limits: GuardLimits): boolean {
  const codes = new Set(held.reasons.map(({ code }) => code))
  const isKnown = next.reasons.every(({ code }) => code !== 'too-large' && codes.has(code))
  const eachLost: GuardLimits = { ...limits, lost: { ...limits.lost, counting: 'each' } }
  const changes = reasonsToHold(held.rows, next.rows, eachLost)
  return isKnown && changes.every(({ code }) => code === 'growth' && !codes.has('growth'))
}
