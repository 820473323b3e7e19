/**
 * How much may change between two pulls of a source, as data. The numbers come from recorded days, which
 * `scripts/measure/guard.ts` replays: an ordinary day exceeds none of them, and every known kind of outage exceeds one.
 */

/** Exceeded if a count is at least `minimum` and more than `maxShare` of the whole. */
export interface Allowance {
  maxShare: number
  minimum: number
}

export interface GuardLimits {
  /** Missing models: counted one by one, or net of added ones if the source renames its models. */
  lost: Allowance & { counting: 'each' | 'net' }
  /** A loss of most of the models, counted in the same way, for providers with too few models for `lost`. */
  mostLost?: Allowance
  /** Models that remain but lost their price, score or speed, net of those that gained one. */
  factsLost: Allowance
  /** Values that went from above 0 to 0. */
  zeroed: Allowance
  /** Values that changed by more than a factor of `MAX_FACTOR`. */
  offScale: Allowance
  /** Added models, net of missing ones. */
  growth: Allowance
}

export interface CatalogueLimits {
  whole: GuardLimits
  /** For one provider, compared with its own earlier rows. */
  provider: GuardLimits
  /** For a lab's own provider, because other providers take facts from its rows. Default: `provider`. */
  ownProvider?: GuardLimits
  providersLost: Allowance
  /** If at most this many providers cause a loss, only they are held and the rest of the pull is accepted. */
  maxProvidersAlone: number
}

/**
 * A price or speed that changes by more is more often a wrong unit than a real change. Scores are exempt: scales
 * change.
 */
export const MAX_FACTOR = 5

/**
 * Ordinary days remove 0 to 3 of about 500 models, add at most 4, and change no price by more than a factor of 5. The
 * share of models with a price or a speed changes by 2 points a day; an outage removes all prices or speeds.
 */
export const ARTIFICIAL_ANALYSIS_LIMITS: CatalogueLimits = {
  whole: {
    lost: { maxShare: 0.03, minimum: 5, counting: 'each' },
    factsLost: { maxShare: 0.15, minimum: 1 },
    zeroed: { maxShare: 0.03, minimum: 5 },
    offScale: { maxShare: 0.03, minimum: 5 },
    // Wide enough for a registry that was offline for some months: 610 models became 690 in two.
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
 * Providers are edited by hand and by scripts. On an ordinary day one may drop most of its rows (36 of 42), rename all
 * of them (72 of 72) or disappear (26 rows), so a provider is held only if it loses 40 rows or more.
 */
const MODELS_DEV_PROVIDER: GuardLimits = {
  lost: { maxShare: 0.25, minimum: 40, counting: 'net' },
  // 11 of 11 and 7 of 7 rows lost their prices when they turned out to be included in a plan.
  factsLost: { maxShare: 0.15, minimum: 15 },
  // 4 of 4 prices became 0 for the same reason.
  zeroed: { maxShare: 0.15, minimum: 5 },
  // At least two rows, because single ones are often corrected. 7 of 28 prices exceeded the factor when a provider grew
  // from 33 to 512 rows.
  offScale: { maxShare: 0.4, minimum: 3 },
  // Gateways appear with 432 rows and grow by 479 in a day.
  growth: { maxShare: 1, minimum: 1000 },
}

/** On its most eventful days the whole catalogue lost 7.8 % of its rows, or grew by 16 % or by 519 rows. */
export const MODELS_DEV_LIMITS: CatalogueLimits = {
  whole: {
    lost: { maxShare: 0.1, minimum: 20, counting: 'each' },
    factsLost: { maxShare: 0.15, minimum: 20 },
    zeroed: { maxShare: 0.05, minimum: 20 },
    offScale: { maxShare: 0.05, minimum: 20 },
    growth: { maxShare: 0.25, minimum: 700 },
  },
  provider: MODELS_DEV_PROVIDER,
  // Labs drop old models together, up to 10 of 14 in a day. The one lab that lost all (of five) regained them within
  // the hour.
  ownProvider: { ...MODELS_DEV_PROVIDER, mostLost: { maxShare: 0.75, minimum: 5 } },
  providersLost: { maxShare: 0.05, minimum: 5 },
  maxProvidersAlone: 3,
}

/**
 * Boards have a few hundred names, and each is judged as a whole. A re-fit changes every score, which is not an outage.
 * A name disappears only when it is corrected, so a board that lost a tenth of its names is incomplete. The growth
 * limit is wide, for a registry that was offline for months.
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

/** Products of fractions are not exact: 0.07 * 100 is a little more than 7. */
const ROUNDING = 1e-9

export function exceeds(count: number, of: number, { maxShare, minimum }: Allowance): boolean {
  return count >= minimum && count > of * maxShare + ROUNDING
}
