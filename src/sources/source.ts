/**
 * What the registry needs of a source of facts. A source is one folder that exports one object of this interface, and
 * one line in `sources.ts`; nothing outside its folder knows its routes, its replies or its names of fields.
 */

import type { Result, SourceFailure } from '../core/failure.ts'
import type { CatalogueLimits } from '../core/guard/guard-limits.ts'
import type { Attribution } from '../core/schema/history.ts'
import type { Creator, ProviderNames } from '../core/statements/provider-names.ts'
import type { Reading } from '../core/statements/statement.ts'
import type { SourceName } from '../core/vocabulary.ts'
import type { Fetch } from './bounded-fetch.ts'

export interface Source {
  name: SourceName
  /** Where its facts are by default. */
  url: string
  attribution: Attribution
  /** What its guard allows. */
  limits: CatalogueLimits
  /** How many of its accepted pulls keep their payload. */
  keptPayloads: number
  /** Its one reply is a text of its own, not JSON. */
  textBody?: true
  /** Fetches one pull. 'unchanged' where the source has nothing newer than `previous`. */
  pull(
    settings: SourceSettings,
    previous: { etag?: string },
    fetch: Fetch,
  ): Promise<Result<FetchedPull | 'unchanged', SourceFailure>>
  /** Splits a recorded pull into shares, or explains why it is not a pull. */
  split(pages: unknown[]): Result<Split, SourceFailure>
  /** Makers in a share that no reviewed file names: each gets a provider once, by its name as first seen. */
  creatorsIn(share: unknown): Creator[]
  /** What a share states. `names` are the providers of creators. */
  read(share: unknown, names: ProviderNames): SourceReading
  /** Whether the scores of two shares are on different scales, where the source does not name its scale. */
  isRescaled?(previous: unknown, next: unknown): boolean
}

export interface Split {
  /** JSON by provider, or one share under the empty name where a source is judged whole. */
  shares: Map<string, unknown>
  /** The pull is one page, and that an object of these shares by their names, just as they came. */
  isOfShares?: boolean
  tier?: string
  indexVersion?: number
}

export interface SourceReading extends Reading {
  /** Scale of the Intelligence Index. */
  indexVersion?: number
  /** Instead of the source's own: of a stand-in that serves other data in its shape, or with the date of the facts. */
  attribution?: Attribution[]
}

/** What an operator sets for a source. */
export interface SourceSettings {
  url: string
  apiKey?: string
  tier?: string
  /** Where the licence of a dataset is stated. */
  cardUrl?: string
}

export interface FetchedPull {
  /** The responses, as received. */
  pages: unknown[]
  /** To ask with the next time. */
  etag?: string
  rateLimit?: RateLimit
}

/** What is left of the quota, by the last reply's headers. */
export interface RateLimit {
  remaining?: number
  /** Unix milliseconds. */
  resetAt?: number
}
