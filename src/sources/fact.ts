/**
 * Builds objects of facts: an unknown fact is an absent key, an object without facts is absent, lists have a fixed
 * order.
 */

/** Sets a fact if it is known. */
export function put<T extends object, K extends keyof T>(facts: T, key: K, fact: T[K] | undefined): void {
  if (fact !== undefined) facts[key] = fact
}

/** `undefined` for an object without facts. */
export function factsOf<T extends object>(facts: T): T | undefined {
  for (const _ in facts) return facts
  return undefined
}

/** The members of `values` that are in `names`, in the order of `values`. Passes unknown names to `reject`. */
export function inOrder<T>(values: readonly T[], names: unknown[], reject: (name: unknown) => void): T[] {
  const order: readonly unknown[] = values
  let found = 0
  for (const name of names) {
    const index = order.indexOf(name)
    if (index < 0) reject(name)
    else found |= 1 << index
  }
  const list: T[] = []
  for (const [index, value] of values.entries()) if (found & (1 << index)) list.push(value)
  return list
}
