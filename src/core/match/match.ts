/**
 * Which row of the second source speaks of the same model: by an alias set by hand, by the same id, or by the same
 * normal form; never by similarity. What cannot be told apart or contradicts itself stays unmatched, and it is said why.
 * Only slug, name, release date and prices of a row are looked at; the order of an offer's rows never matters.
 */

import type { Enrichment, Offer } from '../build/enrichment.ts'
import type { SourceRow } from '../build/source-pull.ts'
import { compareModes, mayBeSnapshot, type Reading, readById, readByName } from './candidate.ts'
import { contradictionOf } from './contradiction.ts'
import { familyOf } from './family.ts'
import { pickOne } from './preference.ts'

export type MatchOutcome = Matched | Unmatched

export interface Matched {
  matched: true
  row: SourceRow
  /** It is the provider's own API that says so. */
  own: boolean
  by: 'alias' | 'id' | 'normal-form'
}

export interface Unmatched {
  matched: false
  reason: UnmatchedReason
  /** The ids of the rows that came near. */
  candidates: string[]
}

/** The nearer to a match, the later. */
const REASONS = ['no-offers', 'no-candidate', 'release-date', 'price', 'ambiguous'] as const
export type UnmatchedReason = (typeof REASONS)[number]

export type Matcher = (row: SourceRow, provider: string) => MatchOutcome

/** "provider/slug" or "provider/family" -> the id of the row that speaks of it. */
export type Aliases = ReadonlyMap<string, string>

export function createMatcher(enrichment: Enrichment, aliases: Aliases): Matcher {
  const byProvider = indexOffers(enrichment.offers)
  return (row, provider) => {
    const offers = byProvider.get(provider) ?? []
    const reading = readByName(row, provider)
    let nearest: Unmatched = {
      matched: false,
      reason: offers.length > 0 ? 'no-candidate' : 'no-offers',
      candidates: [],
    }
    for (const candidates of poolsOf(reading, provider, offers, aliases)) {
      const outcome = chooseFrom(candidates, reading)
      if (outcome.matched) return outcome
      nearest = nearerOf(nearest, outcome)
    }
    return nearest
  }
}

interface IndexedOffer {
  own: boolean
  byKey: ReadonlyMap<string, Reading[]>
  /** By row id and by slug. */
  byId: ReadonlyMap<string, Reading>
}

interface Pool {
  own: boolean
  by?: 'alias'
  candidates: Reading[]
}

function indexOffers(offers: Offer[]): Map<string, IndexedOffer[]> {
  const byProvider = new Map<string, IndexedOffer[]>()
  for (const offer of offers) {
    const indexed = byProvider.get(offer.provider)
    if (indexed) indexed.push(indexOffer(offer))
    else byProvider.set(offer.provider, [indexOffer(offer)])
  }
  return byProvider
}

function indexOffer({ provider, own, rows }: Offer): IndexedOffer {
  const readings = rows.map((row) => readById(row, provider))
  const byKey = new Map<string, Reading[]>()
  for (const reading of readings) {
    for (const key of new Set([reading.id.key, reading.name.key])) byKey.set(key, [...(byKey.get(key) ?? []), reading])
  }
  return {
    own,
    byKey,
    byId: new Map(
      readings.flatMap((reading) => [
        [reading.row.id, reading],
        [reading.row.slug, reading],
      ]),
    ),
  }
}

/** Where to look, in order; the first that holds a match decides. */
function* poolsOf(reading: Reading, provider: string, offers: IndexedOffer[], aliases: Aliases): Generator<Pool> {
  const { row, id, name } = reading
  const alias = aliases.get(`${provider}/${row.slug}`) ?? aliases.get(`${provider}/${familyOf(row.name, row.slug)}`)
  for (const { own, byId } of alias === undefined ? [] : offers) {
    const candidate = byId.get(alias ?? '')
    if (candidate) yield { own, by: 'alias', candidates: [candidate] }
  }
  for (const { own, byId, byKey } of offers) {
    const named = byKey.get(name.key) ?? []
    const same = byId.get(row.slug)
    yield { own, candidates: same && !named.includes(same) ? [same, ...named] : named }
    yield { own, candidates: byKey.get(id.key) ?? [] }
  }
}

function chooseFrom({ own, by, candidates }: Pool, reading: Reading): MatchOutcome {
  const { row } = reading
  const possible = by ? candidates : candidates.filter((candidate) => compareModes(reading, candidate) !== 'other')
  const dated = by ? possible : possible.filter((candidate) => mayBeSnapshot(reading, candidate))
  const contradictions = dated.map((candidate) => contradictionOf(row, candidate.row))
  const left = dated.filter((_, index) => contradictions[index] === undefined)
  if (left.length > 0) {
    const chosen = pickOne(reading, left)
    if (!chosen) return unmatched('ambiguous', left)
    return { matched: true, row: chosen.row, own, by: by ?? (chosen.row.slug === row.slug ? 'id' : 'normal-form') }
  }
  if (possible.length === 0) return unmatched('no-candidate', candidates)
  return unmatched(contradictions.includes('price') ? 'price' : 'release-date', possible)
}

function unmatched(reason: UnmatchedReason, candidates: Reading[]): Unmatched {
  return { matched: false, reason, candidates: candidates.map(({ row }) => row.id).sort() }
}

function nearerOf(a: Unmatched, b: Unmatched): Unmatched {
  const candidates = [...new Set([...a.candidates, ...b.candidates])]
  return {
    matched: false,
    reason: REASONS.indexOf(b.reason) > REASONS.indexOf(a.reason) ? b.reason : a.reason,
    candidates,
  }
}
