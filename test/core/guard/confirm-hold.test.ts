import { describe, expect, it } from 'vitest'
import { CONFIRM_AFTER_MS, confirms, firstHeld, type HeldRows } from '../../../src/core/guard/confirm-hold.ts'
import { ARTIFICIAL_ANALYSIS_LIMITS, MODELS_DEV_LIMITS } from '../../../src/core/guard/guard-limits.ts'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'
import { reasonOf } from '../../../src/core/guard/hold-reason.ts'
import { reasonsToHold } from '../../../src/core/guard/reasons-to-hold.ts'
import { guardedRows, withFactor, without } from '../../support/core/guarded-rows.ts'

const LIMITS = ARTIFICIAL_ANALYSIS_LIMITS.whole
const ACCEPTED = guardedRows(300)
const HOUR = 3600_000

const heldAt = (hours: number, rows: GuardedRow[], limits = LIMITS): HeldRows => {
  const reasons = reasonsToHold(ACCEPTED, rows, limits)
  expect(reasons).not.toEqual([])
  return { at: hours * HOUR, reasons, rows }
}

const lackingThird = (third: number) => ACCEPTED.filter((_, index) => index % 3 !== third)
const zero = ACCEPTED.map(withFactor(0, 'input', 'output'))

describe('confirms()', () => {
  it.each([
    [11.99, false],
    [12, true],
    [36, true],
  ])('accepts the same loss %d hours later: %s', (hours, confirmed) => {
    expect(confirms(heldAt(0, zero), heldAt(hours, zero), LIMITS)).toBe(confirmed)
  })

  it.each<[string, GuardedRow[], GuardedRow[]]>([
    ['the same rows missing', lackingThird(0), lackingThird(0)],
    ['some of the missing rows back', ACCEPTED.slice(100), ACCEPTED.slice(20)],
    ['nearly all of the missing rows back', ACCEPTED.slice(280), ACCEPTED.slice(20)],
    ['the same growth', guardedRows(1_000), guardedRows(1_010)],
  ])('accepts %s', (...[, first, next]) => {
    expect(confirms(heldAt(0, first), heldAt(24, next), LIMITS)).toBe(true)
  })

  it.each<[string, GuardedRow[], GuardedRow[]]>([
    ['other rows missing', lackingThird(0), lackingThird(1)],
    ['more rows missing', ACCEPTED.slice(20), ACCEPTED.slice(40)],
    ['another kind of loss', zero, ACCEPTED.map(without('speed'))],
    ['prices of 0, then tiny ones', zero, ACCEPTED.map(withFactor(1e-6, 'input', 'output'))],
    ['another factor', ACCEPTED.map(withFactor(1e-6, 'input')), ACCEPTED.map(withFactor(1e5, 'input'))],
    ['further growth', guardedRows(1_000), guardedRows(2_000)],
    ['a second loss', zero, zero.map(without('speed'))],
  ])('does not accept %s', (...[, first, next]) => {
    expect(confirms(heldAt(0, first), heldAt(24, next), LIMITS)).toBe(false)
  })

  it('does not accept the loss of another third of a provider, although the count is the same', () => {
    const limits = MODELS_DEV_LIMITS.provider
    const first = heldAt(0, lackingThird(0), limits)
    expect(confirms(first, heldAt(24, lackingThird(1), limits), limits)).toBe(false)
    expect(confirms(first, heldAt(24, lackingThird(0), limits), limits)).toBe(true)
  })

  it('accepts a removed provider that stays removed', () => {
    expect(confirms(heldAt(0, []), heldAt(24, []), LIMITS)).toBe(true)
  })

  it('never accepts a pull that is too large', () => {
    const held = (hours: number) => ({ at: hours * HOUR, reasons: [reasonOf('too-large', '')], rows: ACCEPTED })
    expect(confirms(held(0), held(24), LIMITS)).toBe(false)
  })

  it('waits for half a day', () => {
    expect(CONFIRM_AFTER_MS).toBe(12 * HOUR)
  })
})

describe('firstHeld()', () => {
  it('keeps the first of equal pulls, so that hourly pulls do not restart the wait', () => {
    let first: HeldRows | undefined
    const confirmed = Array.from({ length: 14 }, (_, hour) => {
      const next = heldAt(hour, zero)
      const isConfirmed = first !== undefined && confirms(first, next, LIMITS)
      first = firstHeld(first, next, LIMITS)
      return isConfirmed
    })
    expect(first?.at).toBe(0)
    expect(confirmed.indexOf(true)).toBe(12)
  })

  it('restarts with another loss', () => {
    const [first, next] = [heldAt(0, lackingThird(0)), heldAt(6, lackingThird(1))]
    expect(firstHeld(first, next, LIMITS)).toBe(next)
  })
})
