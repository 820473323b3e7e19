/**
 * Which source is believed of which fact. Facts are grouped, and each group has its own list of sources, the most
 * believed first. A source that is not in the list of a group is not believed of its facts.
 */
import type { Capabilities, Metrics, Pricing } from '../schema/model.ts'
import type { SourceName } from '../vocabulary.ts'
import type { StatedFacts, Statement, Statements } from './statement.ts'

type FactPath =
  | keyof StatedFacts
  | `capabilities.${keyof Capabilities}`
  | `metrics.${keyof Metrics}`
  | `pricing.${keyof Pricing}`

interface FactGroup {
  /** Paths of facts, each with all that is under it. */
  facts: readonly FactPath[]
  /** The most believed first. */
  sources: readonly SourceName[]
  /** Each host has its own: of them a host's statement says nothing about the model elsewhere. */
  perHost?: true
  /** Those that a statement adds to the model of another row; absent for all. */
  fills?: readonly FactPath[]
}

const BY_MEASUREMENT: readonly SourceName[] = ['artificial-analysis', 'models.dev']

const LIMITS: FactGroup = {
  facts: ['metrics.contextWindow', 'metrics.maxOutput'],
  sources: BY_MEASUREMENT,
  perHost: true,
}
const PRICES: FactGroup = {
  facts: ['pricing'],
  sources: BY_MEASUREMENT,
  perHost: true,
  fills: ['pricing.cacheRead', 'pricing.cacheWrite'],
}
const MEASURES: FactGroup = { facts: ['metrics'], sources: BY_MEASUREMENT, perHost: true, fills: [] }
const ACCESS: FactGroup = { facts: ['sdk', 'status'], sources: BY_MEASUREMENT, perHost: true }
/** Of the row: another row of the model may be another snapshot, or serve it for another purpose. */
const OF_THE_ROW: FactGroup = { facts: ['releaseDate', 'capabilities.text'], sources: BY_MEASUREMENT, fills: [] }
/** Fact by fact. */
const OTHERS: FactGroup = { facts: [], sources: BY_MEASUREMENT }

/** The first that holds a fact is its group. */
const GROUPS = [LIMITS, PRICES, MEASURES, ACCESS, OF_THE_ROW]

/** Of statements that speak of a fact, those that speak of this model's, the most believed first. */
export function voicesOn(path: string, statements: readonly Statement[], [row]: Statements): Statement[] {
  const { sources, perHost } = groupOf(path)
  const rankOf = ({ source }: Statement): number => sources.indexOf(source)
  return statements
    .filter((statement) => sources.includes(statement.source))
    .filter((statement) => statement === row || statement.firstParty || !perHost)
    .sort((a, b) => rankOf(a) - rankOf(b))
}

/** The statement whose word a fact is, of those that speak of it; `undefined` where it stays unknown. */
export function believedOn(path: string, statements: readonly Statement[], all: Statements): Statement | undefined {
  const { fills } = groupOf(path)
  const isFilled = fills === undefined || fills.some((fact) => isUnder(path, fact))
  return voicesOn(path, statements, all).find((statement) => statement === all[0] || isFilled)
}

/** Paths are few, and each is asked about for every model. */
const known = new Map<string, FactGroup>()

function groupOf(path: string): FactGroup {
  const group = known.get(path) ?? GROUPS.find(({ facts }) => facts.some((fact) => isUnder(path, fact))) ?? OTHERS
  known.set(path, group)
  return group
}

const isUnder = (path: string, fact: string): boolean => path === fact || path.startsWith(`${fact}.`)
