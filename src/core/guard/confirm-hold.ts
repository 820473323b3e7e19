/**
 * Confirms held pulls: a loss that lasts is taken as real. A later pull that shows the same loss confirms the held one.
 * The wait starts at the first of a series of held pulls that show the same, so frequent refreshes do not restart it.
 * Pure: times are arguments.
 */
import type { GuardLimits } from './guard-limits.ts'
import type { GuardedRow } from './guarded-row.ts'
import type { HoldReason } from './hold-reason.ts'
import { reasonsToHold } from './reasons-to-hold.ts'

/** Past outages of the sources ended within a day, most of them within hours. */
export const CONFIRM_AFTER_MS = 12 * 3600_000

/** A held pull, or the rows of a held provider in it. */
export interface HeldRows {
  /** Unix milliseconds. */
  at: number
  /** Compared with the last accepted rows. */
  reasons: readonly HoldReason[]
  rows: readonly GuardedRow[]
}

/** Whether `next`, which the guard would hold, may be accepted because `held` showed the same loss long enough ago. */
export function confirms(held: HeldRows, next: HeldRows, limits: GuardLimits): boolean {
  return next.at - held.at >= CONFIRM_AFTER_MS && showsSameLoss(held, next, limits)
}

/** The held pull to remember after `next` was held: the earlier one if `next` shows the same loss, else `next`. */
export function firstHeld(held: HeldRows | undefined, next: HeldRows, limits: GuardLimits): HeldRows {
  return held && showsSameLoss(held, next, limits) ? held : next
}

/**
 * Part of the loss may have been restored, but nothing more may be lost: two pulls that lack different thirds of the
 * rows are two outages. A pull that is too large for the platform is never confirmed, because waiting does not make it
 * smaller.
 */
function showsSameLoss(held: HeldRows, next: HeldRows, limits: GuardLimits): boolean {
  const codes = new Set(held.reasons.map(({ code }) => code))
  const isKnown = next.reasons.every(({ code }) => code !== 'too-large' && codes.has(code))
  const eachLost: GuardLimits = { ...limits, lost: { ...limits.lost, counting: 'each' } }
  const changes = reasonsToHold(held.rows, next.rows, eachLost)
  return isKnown && changes.every(({ code }) => code === 'growth' && !codes.has('growth'))
}
