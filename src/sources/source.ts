/**
 * The interface of a source of facts. A source is one folder that exports one object of this type, and one line in
 * `sources.ts`. Only its folder depends on its routes, its replies and its field names.
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
  /** The default URL. */
  url: string
  attribution: Attribution
  /** The limits of its guard. */
  limits: CatalogueLimits
  /** How many of its accepted pulls keep their payload. */
  keptPayloads: number
  /** Its reply is text in a format of its own, not JSON. */
  textBody?: true
  /** Fetches one pull. Returns 'unchanged' if the source has nothing newer than `previous`. */
  pull(
    settings: SourceSettings,
    previous: { etag?: string },
    fetch: Fetch,
  ): Promise<Result<FetchedPull | 'unchanged', SourceFailure>>
  /** Checks a recorded pull and splits it into shares. */
  split(pages: unknown[]): Result<Split, SourceFailure>
  /** The creators in a share that are not in reviewed data. Each gets a provider value when it is first seen. */
  creatorsIn(share: unknown): Creator[]
  /** Reads the statements of a share. `names`: the provider of each creator. */
  read(share: unknown, names: ProviderNames): SourceReading
  /** Whether two shares have different scales of scores, for a source that does not name its scale. */
  isRescaled?(previous: unknown, next: unknown): boolean
}

export interface Split {
  /** JSON by provider, or one share under the empty name if the guard judges the source as a whole. */
  shares: Map<string, unknown>
  /** Whether the pull is one page, and that page is an object with exactly these shares, as received. */
  isOfShares?: boolean
  tier?: string
  indexVersion?: number
}

export interface SourceReading extends Reading {
  /** The version of the Intelligence Index. */
  indexVersion?: number
  /** Replaces the source's own attribution: for a stand-in that serves other data, or to add the date of the facts. */
  attribution?: Attribution[]
}

/** The settings of a source. */
export interface SourceSettings {
  url: string
  apiKey?: string
  tier?: string
  /** The card that states the licence of a dataset. */
  cardUrl?: string
}

export interface FetchedPull {
  /** The responses, as received. */
  pages: unknown[]
  /** For the next conditional request. */
  etag?: string
  rateLimit?: RateLimit
}

/** The remaining quota, from the headers of the last reply. */
export interface RateLimit {
  remaining?: number
  /** Unix milliseconds. */
  resetAt?: number
}
