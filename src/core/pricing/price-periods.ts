/**
 * The prices of a model over time: what the registry observed from each revision on, and what is documented of a
 * period, which replaces it. Periods are half-open, oldest first, and do not overlap. Pure.
 */
import { canonicalize } from '../canonical.ts'
import type { Pricing } from '../schema/pricing.ts'

export interface PricePeriod {
  from: string
  /** Absent while it lasts. */
  until?: string
  /** Absent where prices were unknown, or the model was gone. */
  pricing?: Pricing
  basis: 'observed' | 'documented'
  source?: string
  note?: string
}

/** What held from then until the next revision. One that was backfilled is documented. */
export interface PriceRevision {
  from: string
  pricing?: Pricing | undefined
  basis?: PricePeriod['basis']
  source?: string
}

/** Prices of an override: dates mean 00:00Z; a period without `until` has no known end. */
export interface DocumentedPrices {
  from: string
  until?: string | undefined
  pricing: Pricing
  source?: string
  note?: string
}

interface Span {
  from: number
  until: number
  facts: Omit<PricePeriod, 'from' | 'until'>
}

export function pricePeriods(revisions: PriceRevision[], documented: DocumentedPrices[]): PricePeriod[] {
  const below = spansOfRevisions(revisions)
  const above = documented.map(spanOfDocumented).sort((a, b) => a.from - b.from)
  const spans: Span[] = []
  const edges = [...below, ...above].flatMap(({ from, until }) => [from, until])
  const times = [...new Set(edges)].sort((a, b) => a - b)
  for (const [index, until] of times.slice(1).entries()) {
    const from = times[index] ?? until
    const holds = (span: Span) => span.from <= from && span.until >= until
    const span = above.findLast(holds) ?? below.findLast(holds)
    if (span) append(spans, { ...span, from, until })
  }
  return spans.map(periodOf)
}

/** The period that holds an instant. */
export function periodAt(periods: PricePeriod[], time: Date): PricePeriod | undefined {
  const instant = time.getTime()
  return periods.findLast(
    ({ from, until }) => Date.parse(from) <= instant && (until === undefined || instant < Date.parse(until)),
  )
}

function spansOfRevisions(revisions: PriceRevision[]): Span[] {
  const spans = revisions.map(({ from, basis = 'observed', pricing, source }) => ({
    from: Date.parse(from),
    facts: { ...(pricing && { pricing }), basis, ...(source !== undefined && { source }) },
  }))
  spans.sort((a, b) => a.from - b.from)
  return spans.map((span, index) => ({ ...span, until: spans[index + 1]?.from ?? Number.POSITIVE_INFINITY }))
}

function spanOfDocumented({ from, until, ...facts }: DocumentedPrices): Span {
  return {
    from: Date.parse(from),
    until: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    facts: { ...facts, basis: 'documented' },
  }
}

/** A revision that changed no price does not begin a period. */
function append(spans: Span[], span: Span): void {
  const last = spans.at(-1)
  if (last?.until === span.from && canonicalize(last.facts) === canonicalize(span.facts)) last.until = span.until
  else spans.push(span)
}

function periodOf({ from, until, facts }: Span): PricePeriod {
  const isOpen = until === Number.POSITIVE_INFINITY
  return {
    from: new Date(from).toISOString(),
    ...(isOpen ? {} : { until: new Date(until).toISOString() }),
    ...facts,
  }
}
