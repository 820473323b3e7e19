/** Why a cost is unknown. `detail` is for people; what it is about has a field of its own. */
import type { PRICES } from '../vocabulary.ts'

/** A kind of tokens that has a price of its own. */
export type PriceKind = (typeof PRICES)[number]

export type CostFailure =
  /** Not the usage of an API that is known here. */
  | { code: 'unreadable-usage'; detail: string }
  /** Its numbers contradict each other, or do not say what would decide the price. */
  | { code: 'unclear-usage'; detail: string }
  /** A count is missing, or there are tokens of a kind that is not known. */
  | { code: 'unknown-tokens'; detail: string; key: string }
  /** Without a kind, all prices of that time are unknown. */
  | { code: 'unknown-price'; detail: string; kind?: PriceKind | 'cachedAudio' }
  | { code: 'unknown-mode'; detail: string; mode: string }
  /** It was served otherwise than as standard, and no mode says at which prices. */
  | { code: 'mode-needed'; detail: string; served: string }
  | { code: 'time-needed'; detail: string }
  | { code: 'included-in-plan'; detail: string }

/** What the failure says besides its code and detail. */
type About<Code extends CostFailure['code']> = Omit<Extract<CostFailure, { code: Code }>, 'code' | 'detail'>

export function costFailure<Code extends CostFailure['code']>(
  code: Code,
  why: string,
  about: About<Code>,
): CostFailure {
  // The compiler does not see that a code and what belongs to it make one member of the union.
  return { code, detail: `Cannot price usage: ${why}`, ...about } as unknown as CostFailure
}

export const refuse = (failure: CostFailure): { ok: false; failure: CostFailure } => ({ ok: false, failure })
