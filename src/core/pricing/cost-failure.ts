/** Why a cost is unknown. `detail` is for people; code reads the other fields. */
import type { PRICES } from '../vocabulary.ts'

/** A kind of tokens that has a price of its own. */
export type PriceKind = (typeof PRICES)[number]

export type CostFailure =
  /** The usage is not from a known API. */
  | { code: 'unreadable-usage'; detail: string }
  /** Its numbers contradict each other, or leave open what decides the price. */
  | { code: 'unclear-usage'; detail: string }
  /** A count is missing, or there are tokens of an unknown kind. */
  | { code: 'unknown-tokens'; detail: string; key: string }
  /** If `kind` is absent, all prices at that time are unknown. */
  | { code: 'unknown-price'; detail: string; kind?: PriceKind | 'cachedAudio' }
  | { code: 'unknown-mode'; detail: string; mode: string }
  /** The request was not served in the standard way, and no mode of the model matches. */
  | { code: 'mode-needed'; detail: string; served: string }
  | { code: 'time-needed'; detail: string }
  | { code: 'included-in-plan'; detail: string }

/** The other fields of a failure. */
type About<Code extends CostFailure['code']> = Omit<Extract<CostFailure, { code: Code }>, 'code' | 'detail'>

export function costFailure<Code extends CostFailure['code']>(
  code: Code,
  why: string,
  about: About<Code>,
): CostFailure {
  // The compiler cannot see that a code and its fields make one member of the union.
  return { code, detail: `Cannot price usage: ${why}`, ...about } as unknown as CostFailure
}

export const refuse = (failure: CostFailure): { ok: false; failure: CostFailure } => ({ ok: false, failure })
