/**
 * Finds the reasons to hold a pull: compared with an earlier one, it lost, zeroed, rescaled or added too much. Pure:
 * the caller decides what to compare with and whether to skip the guard.
 */
import { type Allowance, exceeds, type GuardLimits, MAX_FACTOR } from './guard-limits.ts'
import { GUARDED_FACTS, type GuardedFact, type GuardedRow } from './guarded-row.ts'
import {
  formatCount,
  formatShare,
  type HoldCode,
  type HoldReason,
  labelOfChange,
  labelOfRow,
  reasonOf,
} from './hold-reason.ts'
import { type Tally, tallyOf } from './tally.ts'

/** Why `next` must not replace `previous`; empty if it may. A first pull is never held. */
export function reasonsToHold(
  previous: readonly GuardedRow[],
  next: readonly GuardedRow[],
  limits: GuardLimits,
): HoldReason[] {
  return previous.length === 0 ? [] : reasonsOfTally(tallyOf(previous, next), limits)
}

export function reasonsOfTally(tally: Tally, limits: GuardLimits): HoldReason[] {
  return [
    lostModels(tally, limits),
    ...GUARDED_FACTS.flatMap((fact) => [
      lostFacts(fact, tally, limits.factsLost),
      zeroedValues(fact, tally, limits.zeroed),
      valuesOffScale(fact, tally, limits.offScale),
    ]),
    grownModels(tally, limits.growth),
  ].filter((reason) => reason !== undefined)
}

function lostModels(tally: Tally, { lost, mostLost }: GuardLimits): HoldReason | undefined {
  const limit = exceedsLost(tally, lost) || !mostLost ? lost : { ...lost, ...mostLost }
  const { before, lost: rows } = tally
  return reasonIf('models-lost', countLost(tally, limit), before, limit, {
    what: limit.counting === 'each' ? 'models are missing' : 'models are missing, net of new ones',
    labels: () => rows.map(labelOfRow),
  })
}

function exceedsLost(tally: Tally, limit: GuardLimits['lost']): boolean {
  return exceeds(countLost(tally, limit), tally.before, limit)
}

function countLost({ before, after, lost }: Tally, { counting }: GuardLimits['lost']): number {
  return counting === 'each' ? lost.length : before - after
}

function lostFacts(fact: GuardedFact, { facts, kept }: Tally, limit: Allowance): HoldReason | undefined {
  const { before, after, gone } = facts[fact]
  return reasonIf(`${fact}s-lost`, before - after, kept, limit, {
    what: `remaining models lost their ${fact}`,
    labels: () => gone.map(labelOfRow),
  })
}

function zeroedValues(fact: GuardedFact, { facts }: Tally, limit: Allowance): HoldReason | undefined {
  const { compared, zeroed } = facts[fact]
  return reasonIf(`${fact}s-zero`, zeroed.length, compared, limit, {
    what: `${fact}s went from above 0 to 0`,
    labels: () => zeroed.map(labelOfChange),
  })
}

function valuesOffScale(fact: GuardedFact, { facts }: Tally, limit: Allowance): HoldReason | undefined {
  // A source may change the scale of its scores.
  if (fact === 'score') return undefined
  const { compared, offScale } = facts[fact]
  return reasonIf(`${fact}s-off-scale`, offScale.length, compared, limit, {
    what: `${fact}s moved by more than a factor of ${MAX_FACTOR}`,
    labels: () => offScale.map(labelOfChange),
  })
}

function grownModels({ before, after, added }: Tally, limit: Allowance): HoldReason | undefined {
  const grown = after - before
  if (!exceeds(grown, before, limit)) return undefined
  const text = `${formatCount(after)} models after ${formatCount(before)}: implausible growth`
  return reasonOf('growth', text, added.map(labelOfRow))
}

/** Labels are made only if there is a reason, because thousands of rows may be involved. */
function reasonIf(
  code: HoldCode,
  count: number,
  of: number,
  limit: Allowance,
  { what, labels }: { what: string; labels: () => string[] },
): HoldReason | undefined {
  if (!exceeds(count, of, limit)) return undefined
  const text = `${formatCount(count)} of ${formatCount(of)} ${what}, more than ${formatShare(limit.maxShare)}`
  return reasonOf(code, text, labels())
}
