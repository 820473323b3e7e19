/**
 * Derives the observed prices of a model from the commits that changed its prices or its documented prices. A commit
 * that shows a documented price is not an observation: the price observed before it is still the last observed one. Pure.
 */
import { canonicalize } from '../json/canonical.ts'
import type { Pricing } from '../schema/pricing.ts'
import type { DocumentedPrices, ObservedPrices } from './price-periods.ts'

export interface PricedCommit extends Pick<ObservedPrices, 'basis' | 'source'> {
  /** When it was committed, in Unix milliseconds. */
  at: number
  /** When the commit before it was made, in Unix milliseconds. */
  since: number
  /** The model's prices; absent if they are unknown or the model was removed. */
  pricing?: Pricing | undefined
  /** What was documented when it was made. */
  documented: readonly DocumentedPrices[]
  /** Whether the same was documented at the commit before it. */
  isKnown: boolean
}

/** `commits` must be in order of time. */
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

/** The price after a documented period applies from the end of that period, even if the alarm committed it late. */
function startOf({ at, since, documented, isKnown }: PricedCommit): number {
  const ends = isKnown ? documented.map(endOf).filter((end) => since < end && end <= at) : []
  return ends.length > 0 ? Math.max(...ends) : at
}

function endOf({ until }: Pick<DocumentedPrices, 'until'>): number {
  return until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until)
}
