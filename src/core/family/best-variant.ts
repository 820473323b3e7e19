/** Picks the best measured row of a family: the highest index, ties by value. Pure. */
import type { Row } from '../build/rows.ts'
import { compareText } from '../json/canonical.ts'

/** Whether the row has a measured score of its own. */
export function isMeasured({ measured }: Row): boolean {
  const { intelligenceIndex, codingIndex, agenticIndex, outputTokensPerSecond } = measured?.facts.metrics ?? {}
  return [intelligenceIndex, codingIndex, agenticIndex, outputTokensPerSecond].some((metric) => metric !== undefined)
}

/** Rows without an index come last. */
export function compareBest(a: Row, b: Row): number {
  const [indexOfA, indexOfB] = [indexOf(a), indexOf(b)]
  // Equality is checked first, because subtracting two infinities gives NaN.
  if (indexOfA !== indexOfB) return indexOfB - indexOfA
  return compareText(a.value, b.value) || compareText(a.provider, b.provider)
}

function indexOf({ measured }: Row): number {
  return measured?.facts.metrics?.intelligenceIndex ?? Number.NEGATIVE_INFINITY
}
