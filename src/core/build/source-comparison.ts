/** Where two sources say different things of the same model. Pure. */
import { canonicalize } from '../canonical.ts'
import { changesBetween } from '../diff/change.ts'
import { effortOf } from '../match/family.ts'
import { compareModels } from '../model-order.ts'
import type { Model } from '../schema/model.ts'
import type { Disagreement } from '../schema/operations.ts'
import type { SourceName } from '../vocabulary.ts'
import type { Origin } from './build-catalogue.ts'
import type { SecondRow } from './join.ts'
import { factsOf } from './row-facts.ts'
import type { ModalityFlags, SourceRow } from './source-pull.ts'

interface Pair {
  first: SourceRow
  second: SecondRow
}

interface Difference {
  path: string
  first: unknown
  second: unknown
}

/** Every fact that both sources speak of and do not say the same of, by path. */
export function differencesOf({ first, second }: Pair): Difference[] {
  const facts = { first: factsOf(first), second: comparableFacts(second) }
  return changesBetween(facts.first, facts.second).flatMap(({ path, before, after }) => {
    if (before === undefined || after === undefined || isOfVariant(path, first) || isAnswered(path, first, second.row))
      return []
    return [{ path, first: before, second: after }]
  })
}

/** The differences that are more than a rounding, of every model with two sources. */
export function disagreementsOf(
  origins: readonly Origin[],
  sources: { first: SourceName; second: SourceName },
): Disagreement[] {
  return origins.toSorted(compareModels).flatMap(({ provider, value, first, second }) =>
    (second ? differencesOf({ first, second }) : [])
      .filter((difference) => !isRounding(difference))
      .map(({ path, ...said }) => ({
        ...{ provider, value, path },
        kept: { source: sources.first, fact: said.first },
        dropped: { source: sources.second, fact: said.second },
      })),
  )
}

/** Another host has prices, limits and statuses of its own, which say nothing against the provider's. */
function comparableFacts({ row, own }: SecondRow): Partial<Model> {
  const { pricing, metrics, status, sdk, ...facts } = factsOf(row)
  return own ? { ...facts, pricing, metrics, status, sdk } : facts
}

/** The second source speaks of the model; that this variant of it does not reason contradicts nothing. */
function isOfVariant(path: string, { name }: SourceRow): boolean {
  return path === 'capabilities.reasoning' && effortOf(name) === 'none'
}

/** Lists that differ only in what one source is silent about do not contradict each other. */
function isAnswered(path: string, first: SourceRow, second: SourceRow): boolean {
  if (path === 'modalities.input') return agree(first.modalities?.input, second.modalities?.input)
  if (path === 'modalities.output') return agree(first.modalities?.output, second.modalities?.output)
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

function isRounding({ path, first, second }: Difference): boolean {
  if (path === 'releaseDate')
    return Math.abs(Date.parse(String(first)) - Date.parse(String(second))) <= DATE_ROUNDING_MS
  if (typeof first !== 'number' || typeof second !== 'number') return canonicalize(first) === canonicalize(second)
  const share = path.startsWith('metrics.') ? TOKEN_ROUNDING : AMOUNT_ROUNDING
  return Math.abs(first - second) <= share * Math.max(Math.abs(first), Math.abs(second))
}
