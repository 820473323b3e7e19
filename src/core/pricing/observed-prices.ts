/**
 * What a registry observed of a model's prices, from the commits at which they or what is documented of them changed. A
 * commit that shows a documented price was made by the document, and observes nothing: what was observed before it goes on
 * beneath. Pure.
 */
import { canonicalize } from '../json/canonical.ts'
import type { Pricing } from '../schema/pricing.ts'
import type { DocumentedPrices, ObservedPrices } from './price-periods.ts'

export interface PricedCommit extends Pick<ObservedPrices, 'basis' | 'source'> {
  /** Unix milliseconds: when it was made, and when the one before it. */
  at: number
  since: number
  /** Of the model; absent where it is unknown, or the model was gone. */
  pricing?: Pricing | undefined
  /** What was documented when it was made. */
  documented: readonly DocumentedPrices[]
  /** That was already so at the commit before it. */
  isKnown: boolean
}

/** Commits are in the order of time. */
export function observedPrices(commits: readonly PricedCommit[]): ObservedPrices[] {
  return commits
    .filter((commit) => !isDocumented(commit))
    .map((commit) => {
      const { pricing, basis, source } = commit
      return {
        from: new Date(startOf(commit)).toISOString(),
        ...(pricing && { pricing }),
        ...(basis && { basis }),
        ...(source !== undefined && { source }),
      }
    })
}

function isDocumented({ at, pricing, documented }: PricedCommit): boolean {
  const period = documented.find(({ from, until }) => Date.parse(from) <= at && at < endOf({ until }))
  return period !== undefined && canonicalize(period.pricing) === canonicalize(pricing ?? {})
}

/** What follows a documented price holds from its end on, however late an alarm made the commit. */
function startOf({ at, since, documented, isKnown }: PricedCommit): number {
  const ends = isKnown ? documented.map(endOf).filter((end) => since < end && end <= at) : []
  return ends.length > 0 ? Math.max(...ends) : at
}

function endOf({ until }: Pick<DocumentedPrices, 'until'>): number {
  return until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until)
}
