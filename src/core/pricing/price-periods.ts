/**
 * The prices of a model over time: observed prices, replaced by documented ones where a period is documented. Periods
 * are half-open, oldest first, and do not overlap. Pure.
 */
import { canonicalize } from '../json/canonical.ts'
import type { PricePeriod } from '../schema/price-period.ts'
import type { Pricing } from '../schema/pricing.ts'

/** The prices observed from `from` until the next observation. Backfilled prices count as documented. */
export interface ObservedPrices {
  /** ISO 8601, as in a period. */
  from: string
  /** Absent if prices were unknown or the model was removed. */
  pricing?: Pricing | undefined
  basis?: PricePeriod['basis']
  source?: string
}

/** Dates mean 00:00Z. Without `until`, no end is known. Documented periods must not overlap. */
export interface DocumentedPrices {
  from: string
  until?: string | undefined
  pricing: Pricing
  source?: string | undefined
  note?: string | undefined
}

interface Span {
  from: number
  until: number
  facts: Omit<PricePeriod, 'from' | 'until'>
}

export function pricePeriods(
  observed: readonly ObservedPrices[],
  documented: readonly DocumentedPrices[],
): PricePeriod[] {
  const below = spansOfObserved(observed)
  const above = documented.map(spanOfDocumented).sort((a, b) => a.from - b.from)
  const spans: Span[] = []
  const edges = [...below, ...above].flatMap(({ from, until }) => [from, until])
  const times = [...new Set(edges)].sort((a, b) => a - b)
  for (const [index, until] of times.slice(1).entries()) {
    const from = times[index] ?? until
    const holds = (span: Span): boolean => span.from <= from && span.until >= until
    const span = above.find(holds) ?? below.find(holds)
    if (span) append(spans, { ...span, from, until })
  }
  return spans.map(periodOf)
}

/** The period that contains an instant, in Unix milliseconds. */
export function periodAt(periods: readonly PricePeriod[], instant: number): PricePeriod | undefined {
  return periods.find(
    ({ from, until }) => Date.parse(from) <= instant && (until === undefined || instant < Date.parse(until)),
  )
}

/** An observation of the same prices as the one before it does not begin a period, whatever its basis. */
function spansOfObserved(observed: readonly ObservedPrices[]): Span[] {
  const spans: Span[] = []
  for (const { from, pricing, basis = 'observed', source } of observed.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    const last = spans.at(-1)
    if (last && textOf(last.facts.pricing) === textOf(pricing)) continue
    const span = { from: Date.parse(from), until: Number.POSITIVE_INFINITY }
    if (last) last.until = span.from
    spans.push({ ...span, facts: { ...(pricing && { pricing }), basis, ...(source !== undefined && { source }) } })
  }
  return spans
}

const timeOf = ({ from }: ObservedPrices): number => Date.parse(from)
const textOf = (pricing: Pricing | undefined): string => canonicalize(pricing ?? {})

function spanOfDocumented({ from, until, pricing, source, note }: DocumentedPrices): Span {
  return {
    from: Date.parse(from),
    until: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    facts: {
      ...{ pricing, basis: 'documented' },
      ...(source !== undefined && { source }),
      ...(note !== undefined && { note }),
    },
  }
}

/** Adjacent spans with the same facts become one period. */
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
