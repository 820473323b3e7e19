/**
 * Which statement of another source is of the same model: by an alias set by hand, by the same id, or by the same
 * normal form; never by similarity. What cannot be told apart or contradicts itself stays unmatched, with a reason.
 * Only value, name, release date and prices of a statement count; the order of the statements of one API never does.
 */
import type { Statement } from '../build/statement.ts'
import { compareModes, mayBeSnapshot, type Reading, readById, readByName } from './candidate.ts'
import { contradictionOf } from './contradiction.ts'
import { familyOf } from './family.ts'
import { pickOne } from './preference.ts'

export type MatchOutcome = Matched | Unmatched

export interface Matched {
  matched: true
  statement: Statement
  by: 'alias' | 'id' | 'normal-form'
}

export interface Unmatched {
  matched: false
  reason: UnmatchedReason
  /** The ids of the statements that came near. */
  candidates: string[]
}

/** The nearer to a match, the later. */
const REASONS = ['no-offers', 'no-candidate', 'release-date', 'price', 'ambiguous'] as const
export type UnmatchedReason = (typeof REASONS)[number]

export type Matcher = (statement: Statement, provider: string) => MatchOutcome

/** "provider/value" or "provider/family" -> the id of the statement that is of it. */
export type Aliases = ReadonlyMap<string, string>

/** Of a provider's statements those of the API that comes first are asked first: the provider's own before hosts. */
export function createMatcher(statements: readonly Statement[], aliases: Aliases): Matcher {
  const byProvider = indexOffers(statements)
  return (statement, provider) => {
    const offers = byProvider.get(provider) ?? []
    const reading = readByName(statement, provider)
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

/** What one API serves of a provider's models. */
interface Offer {
  byKey: ReadonlyMap<string, Reading[]>
  /** By id and by value. */
  byId: ReadonlyMap<string, Reading>
}

interface Pool {
  by?: 'alias'
  candidates: Reading[]
}

function indexOffers(statements: readonly Statement[]): Map<string, Offer[]> {
  const byProvider = new Map<string, Offer[]>()
  for (const [provider, served] of Map.groupBy(statements, (statement) => statement.provider ?? '')) {
    const byApi = Map.groupBy(served, ({ creator }) => creator?.id)
    byProvider.set(
      provider,
      [...byApi.values()].map((offered) => indexOffer(offered, provider)),
    )
  }
  return byProvider
}

function indexOffer(statements: Statement[], provider: string): Offer {
  const readings = statements.map((statement) => readById(statement, provider))
  const byKey = new Map<string, Reading[]>()
  for (const reading of readings) {
    for (const key of new Set([reading.id.key, reading.name.key])) byKey.set(key, [...(byKey.get(key) ?? []), reading])
  }
  const named = readings.flatMap((reading): [string, Reading][] => [
    [reading.statement.id, reading],
    [reading.statement.value, reading],
  ])
  return { byKey, byId: new Map(named) }
}

/** Where to look, in order; the first that holds a match decides. */
function* poolsOf(reading: Reading, provider: string, offers: Offer[], aliases: Aliases): Generator<Pool> {
  const { statement, id, name } = reading
  const { value } = statement
  const alias = aliases.get(`${provider}/${value}`) ?? aliases.get(`${provider}/${familyOf(statement.name, value)}`)
  for (const { byId } of alias === undefined ? [] : offers) {
    const candidate = byId.get(alias ?? '')
    if (candidate) yield { by: 'alias', candidates: [candidate] }
  }
  for (const { byId, byKey } of offers) {
    const named = byKey.get(name.key) ?? []
    const same = byId.get(value)
    yield { candidates: same && !named.includes(same) ? [same, ...named] : named }
    yield { candidates: byKey.get(id.key) ?? [] }
  }
}

function chooseFrom({ by, candidates }: Pool, reading: Reading): MatchOutcome {
  const { value, facts } = reading.statement
  const possible = by ? candidates : candidates.filter((candidate) => compareModes(reading, candidate) !== 'other')
  const dated = by ? possible : possible.filter((candidate) => mayBeSnapshot(reading, candidate))
  const contradictions = dated.map(({ statement }) => contradictionOf(facts, statement.facts))
  const left = dated.filter((_, index) => contradictions[index] === undefined)
  if (left.length > 0) {
    const statement = pickOne(reading, left)?.statement
    if (!statement) return unmatched('ambiguous', left)
    return { matched: true, statement, by: by ?? (statement.value === value ? 'id' : 'normal-form') }
  }
  if (possible.length === 0) return unmatched('no-candidate', candidates)
  return unmatched(contradictions.includes('price') ? 'price' : 'release-date', possible)
}

function unmatched(reason: UnmatchedReason, candidates: Reading[]): Unmatched {
  return { matched: false, reason, candidates: candidates.map(({ statement }) => statement.id).sort() }
}

function nearerOf(a: Unmatched, b: Unmatched): Unmatched {
  const candidates = [...new Set([...a.candidates, ...b.candidates])]
  return {
    matched: false,
    reason: REASONS.indexOf(b.reason) > REASONS.indexOf(a.reason) ? b.reason : a.reason,
    candidates,
  }
}
