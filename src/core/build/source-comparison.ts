/** Where sources say different things of the same model. Pure. */
import { canonicalize, compareText } from '../canonical.ts'
import { leavesOf } from '../diff/change.ts'
import { effortOf } from '../match/family.ts'
import { compareModels } from '../model-order.ts'
import type { Disagreement } from '../schema/operations.ts'
import type { SourceName } from '../vocabulary.ts'
import type { Origin } from './build-catalogue.ts'
import { modelFactsOf } from './join-statements.ts'
import { believedOn, voicesOn } from './precedence.ts'
import type { ModalityFlags, Statement, Statements } from './statement.ts'

interface Claim {
  source: SourceName
  fact: unknown
}

export interface Difference {
  path: string
  kept: Claim
  /** The most believed first. */
  dropped: Claim[]
}

/** Every fact of which statements say different things, by path. */
export function differencesOf(statements: Statements): Difference[] {
  const stated = new Map(statements.map((statement) => [statement, leavesOf(modelFactsOf(statement.facts))]))
  const paths = new Set([...stated.values()].flatMap((facts) => [...facts.keys()]))
  return [...paths].sort(compareText).flatMap((path) => {
    const speaking = statements.filter((statement) => stated.get(statement)?.has(path))
    const kept = believedOn(path, speaking, statements)
    if (!kept) return []
    const claimOf = (statement: Statement): Claim => ({
      source: statement.source,
      fact: stated.get(statement)?.get(path),
    })
    const dropped = voicesOn(path, speaking, statements)
      .filter((other) => other !== kept && !isEqual(claimOf(kept).fact, claimOf(other).fact))
      .filter((other) => !isOfVariant(path, statements) && !isAnswered(path, kept, other))
    return dropped.length > 0 ? [{ path, kept: claimOf(kept), dropped: dropped.map(claimOf) }] : []
  })
}

/** The differences that are more than a rounding, of every model of several sources. */
export function disagreementsOf(origins: readonly Origin[]): Disagreement[] {
  return origins
    .toSorted(compareModels)
    .flatMap(({ provider, value, statements }) =>
      differencesOf(statements).flatMap(({ path, kept, dropped }) =>
        dropped
          .filter(({ fact }) => !isRounding(path, kept.fact, fact))
          .map((claim) => ({ provider, value, path, kept, dropped: claim })),
      ),
    )
}

/** The others speak of the model; that this variant of it does not reason contradicts nothing. */
function isOfVariant(path: string, [{ name }]: Statements): boolean {
  return path === 'capabilities.reasoning' && effortOf(name) === 'none'
}

/** Lists that differ only in what one source is silent about do not contradict each other. */
function isAnswered(path: string, { facts: kept }: Statement, { facts: other }: Statement): boolean {
  if (path === 'modalities.input') return agree(kept.modalities?.input, other.modalities?.input)
  if (path === 'modalities.output') return agree(kept.modalities?.output, other.modalities?.output)
  return false
}

function agree(a: ModalityFlags = {}, b: ModalityFlags = {}): boolean {
  const other = new Map(Object.entries(b))
  return Object.entries(a).every(([modality, flag]) => {
    const said = other.get(modality)
    return flag === undefined || said === undefined || flag === said
  })
}

/** 1,000,000 tokens or 1,048,576 are called one million. */
const TOKEN_ROUNDING = 0.05
const AMOUNT_ROUNDING = 0.01
/** Days begin at different times around the world. */
const DATE_ROUNDING_MS = 24 * 3600_000

function isRounding(path: string, a: unknown, b: unknown): boolean {
  if (path === 'releaseDate') return Math.abs(Date.parse(String(a)) - Date.parse(String(b))) <= DATE_ROUNDING_MS
  if (typeof a !== 'number' || typeof b !== 'number') return isEqual(a, b)
  const share = path.startsWith('metrics.') ? TOKEN_ROUNDING : AMOUNT_ROUNDING
  return Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b))
}

const isEqual = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b)
