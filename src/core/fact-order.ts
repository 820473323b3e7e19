/** Orders what is compared by its facts, of which any may be unknown: that comes last both ways. */
import { compareText } from './canonical.ts'

export type Fact = number | string | undefined

/** The first difference decides. */
export function compareFacts(a: Fact[], b: Fact[], descending: boolean): number {
  for (const [index, fact] of a.entries()) {
    const order = compareFact(fact, b[index], descending)
    if (order !== 0) return order
  }
  return 0
}

function compareFact(a: Fact, b: Fact, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  const order = typeof a === 'string' ? compareText(a, String(b)) : a - Number(b)
  return descending ? -order : order
}
