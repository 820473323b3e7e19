/** Orders things by their facts. An unknown fact comes last in both directions. */

/** Texts are ordered by UTF-16 code units. */
export type Fact = number | string | undefined

/** The first difference decides. Facts at the same index must have the same type. */
export function compareFacts(a: Fact[], b: Fact[], descending: boolean): number {
  for (const [index, fact] of a.entries()) {
    const order = compareFact(fact, b[index], descending)
    if (order !== 0) return order
  }
  return 0
}

function compareFact(a: Fact, b: Fact, descending: boolean): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b === descending ? 1 : -1
}
