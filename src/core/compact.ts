/** Drops unknown facts, and objects that are left without facts. */
export function compact<T extends object>(facts: T): T {
  const known: [string, unknown][] = []
  for (const [key, fact] of Object.entries(facts)) {
    const left: unknown = isPlainObject(fact) ? compact(fact) : fact
    if (left !== undefined && !(isPlainObject(left) && Object.keys(left).length === 0)) known.push([key, left])
  }
  // The same keys or fewer, and every dropped key is optional in T because its fact was undefined or empty.
  return Object.fromEntries(known) as T
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
