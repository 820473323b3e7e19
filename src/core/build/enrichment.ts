/**
 * What a second source says of models, in the registry's own words: the facts that the first one lacks.
 * Which of its rows speaks of which model is the work of matching.
 */
import type { Attribution } from '../schema/history.ts'
import type { SourcePull, SourceRow } from './source-pull.ts'

export interface Enrichment {
  attribution: Attribution[]
  /** In the order in which they are asked for a provider's models: the provider's own API first. */
  offers: Offer[]
}

/** The models of one provider that one API serves. */
export interface Offer {
  provider: string
  /** The provider's own API: its ids, prices and statuses are the provider's too. */
  own: boolean
  rows: SourceRow[]
}

/** The second source as the only one: the language models that each provider serves by itself. */
export function pullOf({ attribution, offers }: Enrichment): SourcePull {
  const first = new Map<string, Offer>()
  for (const offer of offers) if (offer.own && !first.has(offer.provider)) first.set(offer.provider, offer)
  const rows = [...first.values()].flatMap((offer) => offer.rows)
  return { tier: 'off', attribution, rows: rows.filter(({ capabilities }) => capabilities?.text !== false) }
}
