/**
 * Whether a pull lost so much against an earlier one that it must not be served. On 242 recorded days these thresholds
 * hold the three bad ones (a third of the rows missing, every speed missing) and never an ordinary day.
 */
import type { Statement } from './build/statement.ts'

/** Ordinary days remove 0 to 3 of about 500 models. */
const MAX_LOST_SHARE = 0.03
/** A small registry may lose a few models and be right. */
const MIN_LOST_MODELS = 5
/** The share of models with a price, an index or a speed moves by a few points a day; an outage takes it all. */
const MAX_SHARE_FALL = 0.15
/** Shares of whole numbers are not exact: 0.85 - 0.7 is a little more than 0.15. */
const ROUNDING = 1e-9
/** A loss that lasts is real: a pull at least this long after the held one confirms it. */
export const CONFIRM_AFTER_MS = 12 * 3600_000

const FACTS: readonly { name: string; has: (statement: Statement) => boolean }[] = [
  { name: 'a price', has: ({ facts: { pricing } }) => (pricing?.input ?? pricing?.output) !== undefined },
  { name: 'an index', has: ({ facts }) => facts.metrics?.intelligenceIndex !== undefined },
  { name: 'a speed', has: ({ facts }) => facts.metrics?.outputTokensPerSecond !== undefined },
]

/** Why `next` must not replace `previous`; empty if it may. Both are of the same source. */
export function lossesOf(previous: Statement[], next: Statement[]): string[] {
  return [...lostModels(previous, next), ...FACTS.flatMap((fact) => fallenShare(fact, previous, next))]
}

function lostModels(previous: Statement[], next: Statement[]): string[] {
  const ids = new Set(next.map(({ id }) => id))
  const keys = new Set(next.map(keyOf))
  const lost = previous.filter((statement) => !ids.has(statement.id) && !keys.has(keyOf(statement)))
  if (lost.length < MIN_LOST_MODELS || lost.length <= previous.length * MAX_LOST_SHARE) return []
  return [`${lost.length} of ${previous.length} models are missing, more than ${percent(MAX_LOST_SHARE)}`]
}

function fallenShare({ name, has }: (typeof FACTS)[number], previous: Statement[], next: Statement[]): string[] {
  const before = shareOf(previous, has)
  const after = shareOf(next, has)
  if (before - after <= MAX_SHARE_FALL + ROUNDING) return []
  return [
    `models with ${name} fell from ${percent(before)} to ${percent(after)}, more than ${MAX_SHARE_FALL * 100} percentage points`,
  ]
}

function shareOf(models: Statement[], has: (statement: Statement) => boolean): number {
  return models.length === 0 ? 0 : models.filter(has).length / models.length
}

/** What the model goes by where its id was replaced. */
function keyOf({ provider, creator, value }: Statement): string {
  return `${provider ?? creator?.id ?? ''}\n${value}`
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
