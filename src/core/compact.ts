/** Drops unknown facts, and objects that are left without facts. */
export function compact<T extends object>(facts: T): T {
  const known = Object.entries(facts)
    .map(([key, fact]) => [key, isPlainObject(fact) ? compact(fact) : fact] as const)
    .filter(([, fact]) => fact !== undefined && !(isPlainObject(fact) && Object.keys(fact).length === 0))
  // The same keys or fewer, and every dropped key is optional in T because its fact was undefined or empty.
  return Object.fromEntries(known) as T
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
