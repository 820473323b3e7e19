/**
 * The facts that the rows of one family share: the scores of its best variant, the facts of its head, and scores from
 * boards that identify it by name. Computed from the sources alone, before overrides. Pure; the order of rows does not
 * matter.
 */
import { LastResults } from '../build/last-results.ts'
import type { Row, Rows } from '../build/rows.ts'
import { compareText } from '../json/canonical.ts'
import type { Metrics } from '../schema/model.ts'
import { type IqScale, iqOnScale, speedOf } from '../score.ts'
import type { Layer, ModelStatement, ScoreStatement } from '../statements/statement.ts'
import { compareBest, isMeasured } from './best-variant.ts'
import { createBoardScores } from './board-scores.ts'

/** Everything that a row takes from its family. */
export interface FamilyReads {
  /** For a listed model that is not first-party. */
  iq?: number
  /** For a listed first-party model that is not measured. */
  speed?: number
  /** The facts of the family's head, for a variant. */
  head?: Layer
  /** Scores for the row that its own statements lack. */
  scores: readonly Layer[]
}

/** Picks the head among the rows of a family at one provider. */
export type HeadOf = <T extends HeadCandidate>(family: string, candidates: readonly T[]) => T | undefined

interface HeadCandidate {
  provider: string
  value: string
  source: ModelStatement['source']
  releaseDate?: string
}

export interface FamilySettings {
  headOf: HeadOf
  /** A lab's own providers, in order of precedence. */
  ownProvidersOf: (lab: string) => readonly string[]
  scale: IqScale
  memory?: LastResults<ReadsOfRows>
}

export type ReadsOfRows = ReadonlyMap<Row, FamilyReads>

export function createFamilyFacts(
  rows: Rows,
  scores: readonly ScoreStatement[],
  settings: FamilySettings,
): (row: Row) => FamilyReads {
  const { headOf, ownProvidersOf, scale, memory = new LastResults<ReadsOfRows>() } = settings
  const entries = Map.groupBy(scores, ({ family }) => family)
  const families = new Map<string, ReadsOfRows>()
  for (const [family, members] of membersOf(rows)) {
    const ofFamily = entries.get(family) ?? []
    const inputs = [headOf, ownProvidersOf, scale.basis, scale.thresholds, ...members, ...ofFamily]
    families.set(
      family,
      memory.take(family, inputs, (last) => withEqualOf(last, readsOf(family, members, ofFamily, settings))),
    )
  }
  return (row) => families.get(row.identity.family)?.get(row) ?? { scores: [] }
}

/** What a row read before, where it reads the same now: what is built of it need not be looked at again. */
function withEqualOf(last: ReadsOfRows | undefined, reads: ReadsOfRows): ReadsOfRows {
  if (!last) return reads
  return new Map(
    Array.from(reads, ([row, now]) => {
      const before = last.get(row)
      return [row, before && areEqual(before, now) ? before : now]
    }),
  )
}

/** Facts are the same where they are the same object: they are never changed. */
function areEqual(a: FamilyReads, b: FamilyReads): boolean {
  if (a.iq !== b.iq || a.speed !== b.speed || a.scores.length !== b.scores.length) return false
  return areSame(a.head, b.head) && a.scores.every((layer, at) => areSame(layer, b.scores[at]))
}

function areSame(a: Layer | undefined, b: Layer | undefined): boolean {
  return a?.source === b?.source && a?.facts === b?.facts
}

function membersOf(rows: Rows): Map<string, Row[]> {
  return Map.groupBy([...rows.values()].flat(), ({ identity }) => identity.family)
}

function readsOf(
  family: string,
  members: readonly Row[],
  entries: readonly ScoreStatement[],
  settings: FamilySettings,
): ReadsOfRows {
  const own = inOrderOfProviders(members, settings)
  const [best] = members.filter(isMeasured).sort(compareBest)
  const quality = best?.measured && qualityOf(best.measured.facts.metrics)
  const boards = createBoardScores(own, entries)
  const inherited: readonly Layer[] = quality ? [{ source: 'artificial-analysis', facts: { metrics: quality } }] : []
  const ofHosts = { iq: iqOnScale({ ...quality, ...boards.highest }, settings.scale), scores: [] }
  const speed = speedOf(best?.measured?.facts.metrics?.outputTokensPerSecond)
  // Listed rows take no facts from the head, so most families do not need one.
  const head = members.some((row) => !row.listed) ? headLayer(family, own, settings) : undefined
  const readsOfRow = (row: Row): FamilyReads => {
    const scores = boards.of(row)
    if (!row.listed) return { head, scores }
    if (!row.identity.firstParty) return ofHosts
    return isMeasured(row) ? { scores } : { speed, scores: [...inherited, ...scores] }
  }
  return new Map(members.map((row) => [row, readsOfRow(row)]))
}

/** The first-party rows, in the order of the lab's providers. */
function inOrderOfProviders(members: readonly Row[], { ownProvidersOf }: FamilySettings): Row[] {
  const rows = members.filter(({ identity }) => identity.firstParty)
  if (rows.length < 2) return rows
  const order = ownProvidersOf(rows[0]?.identity.lab ?? '')
  const rankOf = ({ provider }: Row): number => (order.includes(provider) ? order.indexOf(provider) : order.length)
  return rows.sort(
    (a, b) => rankOf(a) - rankOf(b) || compareText(a.provider, b.provider) || compareText(a.value, b.value),
  )
}

function qualityOf(metrics: Metrics = {}): Metrics {
  const { intelligenceIndex, intelligenceIndexVersion, codingIndex, agenticIndex } = metrics
  return { intelligenceIndex, intelligenceIndexVersion, codingIndex, agenticIndex }
}

/** Only a listed row can be the head. A family of variants alone has none. */
function headLayer(family: string, own: readonly Row[], { headOf }: FamilySettings): Layer | undefined {
  const listed = own.flatMap((row) => row.listed ?? [])
  const candidates = listed
    .filter(({ provider }) => provider === listed[0]?.provider)
    .map(({ provider, value, source, facts }) => ({ provider, value, source, releaseDate: facts.releaseDate, facts }))
  const head = headOf(family, candidates)
  return head && { source: head.source, facts: head.facts }
}
