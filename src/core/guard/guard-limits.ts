/**
 * How much may change between two pulls of a source, as data. The numbers come from recorded days, which
 * `scripts/measure-guard.ts` replays: an ordinary day stays below all of them, and every known kind of outage exceeds one.
 */

/** Exceeded by a count that is at least `minimum` and more than `maxShare` of the whole. */
export interface Allowance {
  maxShare: number
  minimum: number
}

export interface GuardLimits {
  /** Models that are missing: each of them, or net of those that were added, where a source renames its models. */
  lost: Allowance & { counting: 'each' | 'net' }
  /** Most of the models, counted alike, where they are too few for `lost`. */
  mostLost?: Allowance
  /** Models that are still there without their price, score or speed, net of those that gained one. */
  factsLost: Allowance
  /** Values that went from above 0 to 0. */
  zeroed: Allowance
  /** Values that moved by more than `MAX_FACTOR`. Half of them is a median ratio outside 0.2 to 5. */
  offScale: Allowance
  /** Models that are there in addition, net. */
  growth: Allowance
}

export interface CatalogueLimits {
  whole: GuardLimits
  /** For one provider against its own earlier rows. */
  provider: GuardLimits
  /** For one that is a lab's own: other providers take facts from its rows. Default `provider`. */
  ownProvider?: GuardLimits
  providersLost: Allowance
  /** What no more providers than these cause is held at them alone. */
  maxProvidersAlone: number
}

/** A price or speed that moves further is more often a wrong unit than news. Scores are exempt: scales change. */
export const MAX_FACTOR = 5

/**
 * Ordinary days remove 0 to 3 of about 500 models, add 4 at most, and move no price by more than a factor of 5. A share
 * of models with a price or a speed moves by 2 points a day; an outage takes it all.
 */
export const ARTIFICIAL_ANALYSIS_LIMITS: CatalogueLimits = {
  whole: {
    lost: { maxShare: 0.03, minimum: 5, counting: 'each' },
    factsLost: { maxShare: 0.15, minimum: 1 },
    zeroed: { maxShare: 0.03, minimum: 5 },
    offScale: { maxShare: 0.03, minimum: 5 },
    // Wide enough for a registry that was away for some months: 610 models became 690 in two.
    growth: { maxShare: 0.5, minimum: 100 },
  },
  provider: {
    lost: { maxShare: 0.25, minimum: 5, counting: 'each' },
    // 4 of 7 models of a creator lost their speed on an ordinary day.
    factsLost: { maxShare: 0.3, minimum: 5 },
    zeroed: { maxShare: 0.15, minimum: 3 },
    offScale: { maxShare: 0.2, minimum: 3 },
    growth: { maxShare: 1, minimum: 100 },
  },
  providersLost: { maxShare: 0.1, minimum: 5 },
  maxProvidersAlone: 3,
}

/**
 * Providers are edited by hand and by scripts: one that drops most of its rows (36 of 42), renames all of them (72 of
 * 72) or goes away (26) is an ordinary day, so a provider is held for losses of 40 rows or more only.
 */
const MODELS_DEV_PROVIDER: GuardLimits = {
  lost: { maxShare: 0.25, minimum: 40, counting: 'net' },
  // 11 of 11 and 7 of 7 rows lost their prices when these turned out to be part of a plan.
  factsLost: { maxShare: 0.15, minimum: 15 },
  // 4 of 4 prices became 0 for the same reason.
  zeroed: { maxShare: 0.15, minimum: 5 },
  // At least two rows, as single ones are corrected often; 7 of 28 prices were when a provider grew from 33 to 512 rows.
  offScale: { maxShare: 0.4, minimum: 3 },
  // Gateways appear with 432 rows and grow by 479 in a day.
  growth: { maxShare: 1, minimum: 1000 },
}

/** The whole catalogue lost 7.8 % and grew by 16 % or 519 rows on its most eventful days. */
export const MODELS_DEV_LIMITS: CatalogueLimits = {
  whole: {
    lost: { maxShare: 0.1, minimum: 20, counting: 'each' },
    factsLost: { maxShare: 0.15, minimum: 20 },
    zeroed: { maxShare: 0.05, minimum: 20 },
    offScale: { maxShare: 0.05, minimum: 20 },
    growth: { maxShare: 0.25, minimum: 700 },
  },
  provider: MODELS_DEV_PROVIDER,
  // Labs drop old models together, 10 of 14 in a day. The one that lost all, of five, had them back within the hour.
  ownProvider: { ...MODELS_DEV_PROVIDER, mostLost: { maxShare: 0.75, minimum: 5 } },
  providersLost: { maxShare: 0.05, minimum: 5 },
  maxProvidersAlone: 3,
}

/**
 * Boards of a few hundred names, each judged whole. A re-fit moves every score, which is news, and a name goes only where
 * it is corrected: a board that lost a tenth of them is cut off. Growth is wide, for a registry that was away for months.
 */
const BOARD: GuardLimits = {
  lost: { maxShare: 0.1, minimum: 5, counting: 'each' },
  factsLost: { maxShare: 0.1, minimum: 5 },
  zeroed: { maxShare: 0.03, minimum: 5 },
  offScale: { maxShare: 0.03, minimum: 5 },
  growth: { maxShare: 1, minimum: 100 },
}
export const BOARD_LIMITS: CatalogueLimits = {
  whole: BOARD,
  provider: BOARD,
  providersLost: { maxShare: 0, minimum: 1 },
  maxProvidersAlone: 0,
}

/** Shares of whole numbers are not exact: 0.07 * 100 is a little more than 7. */
const ROUNDING = 1e-9

export function exceeds(count: number, of: number, { maxShare, minimum }: Allowance): boolean {
  return count >= minimum && count > of * maxShare + ROUNDING
}
