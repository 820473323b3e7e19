/**
 * What the registry needs of a source of facts. A source is one folder that exports one object of this interface, and
 * one line in `sources.ts`; nothing outside its folder knows its routes, its replies or its names of fields.
 */
import type { SourcePull } from '../core/build/statement.ts'
import type { Result, SourceFailure } from '../core/failure.ts'
import type { Attribution } from '../core/schema/history.ts'
import type { SourceName } from '../core/vocabulary.ts'
import type { Fetch } from './bounded-fetch.ts'

export interface Source {
  name: SourceName
  /** Where its facts are by default. */
  url: string
  /** An SPDX identifier, or where the terms are. */
  licence: string
  attribution: Attribution
  /** Fetches and checks one pull. 'unchanged' where the source has nothing newer than `previous`. */
  pull(
    settings: SourceSettings,
    previous: Pick<RecordedPull, 'etag'> | undefined,
    fetch: Fetch,
  ): Promise<Result<FetchedPull | 'unchanged', SourceFailure>>
  /** Reads a recorded pull: what it states, or why it is none. */
  read(pages: unknown[]): Result<SourcePull, SourceFailure>
  /** Why `next` must not replace `previous`; empty if it may. */
  guard(previous: SourcePull, next: SourcePull): string[]
}

/** What an operator sets for a source. */
export interface SourceSettings {
  url: string
  apiKey?: string
  tier?: string
}

/** The replies of one pull, as the registry keeps them. */
export interface RecordedPull {
  pages: unknown[]
  /** For the next pull to ask with. */
  etag?: string
}

export interface FetchedPull extends RecordedPull {
  pull: SourcePull
  rateLimit?: RateLimit
}

/** What is left of the quota, by the last reply's headers. */
export interface RateLimit {
  remaining?: number
  /** Unix milliseconds. */
  resetAt?: number
}
