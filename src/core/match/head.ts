/**
 * Picks the head of a family at a provider: the model that represents the family there. Decided by ids, dates and the
 * index of variants, never by prices; the order of models does not matter.
 */
import { firstDayOf } from '../calendar.ts'
import { compareText } from '../json/canonical.ts'
import type { SourceName } from '../vocabulary.ts'
import { foldId, lastSegmentOf, withoutDateOrLatest } from './family-id.ts'
import { labOf } from './family-index.ts'

export interface HeadCandidate {
  provider: string
  value: string
  /** The source of the model's id. A models.dev row comes before a variant from Artificial Analysis. */
  source: SourceName
  releaseDate?: string | undefined
  /** The Intelligence Index of a variant. */
  intelligenceIndex?: number | undefined
}

/** The head among the models of one family at one provider; `undefined` only if there are none. */
export function headOf<T extends HeadCandidate>(family: string, models: readonly T[]): T | undefined {
  const rows = models.filter(({ source }) => source !== 'artificial-analysis')
  const named = rows.filter(({ value }) => isFamilyId(lastSegmentOf(value), family))
  if (named.length > 0) return named.sort(compareValues)[0]
  const plain = rows.filter(({ value }) => isPlain(lastSegmentOf(value)))
  if (plain.length > 0) return plain.sort(compareValues)[0]
  if (rows.length > 0) return rows.sort(compareNewest)[0]
  return [...models].sort(compareBest)[0]
}

function isFamilyId(segment: string, family: string): boolean {
  return foldId(segment) === foldId(family.slice(labOf(family).length + 1))
}

const isPlain = (segment: string): boolean => !segment.includes(':') && withoutDateOrLatest(segment) === segment

function compareValues(a: HeadCandidate, b: HeadCandidate): number {
  return compareText(a.value, b.value)
}

/** Dates of different precision are compared by their first day. An unknown date counts as the oldest. */
function compareNewest(a: HeadCandidate, b: HeadCandidate): number {
  return compareText(dayOf(b), dayOf(a)) || compareValues(a, b)
}

const dayOf = ({ releaseDate }: HeadCandidate): string => (releaseDate === undefined ? '' : firstDayOf(releaseDate))

function compareBest(a: HeadCandidate, b: HeadCandidate): number {
  const [indexOfA, indexOfB] = [indexOf(a), indexOf(b)]
  // Equality is checked first, because subtracting two infinities gives NaN.
  return indexOfA === indexOfB ? compareValues(a, b) : indexOfB - indexOfA
}

const indexOf = ({ intelligenceIndex }: HeadCandidate): number => intelligenceIndex ?? Number.NEGATIVE_INFINITY
