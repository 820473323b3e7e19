/** Drops unknown facts, and objects left without facts. Returns the same object if there is nothing to drop. */
export function compact<T extends object>(facts: T): T {
  if (isCompact(facts)) return facts
  const known: [string, unknown][] = []
  for (const [key, fact] of Object.entries(facts)) {
    const left: unknown = isPlainObject(fact) ? compact(fact) : fact
    if (left !== undefined && !(isPlainObject(left) && isEmpty(left))) known.push([key, left])
  }
  // The same keys or fewer, and every dropped key is optional in T because its fact was undefined or empty.
  return Object.fromEntries(known) as T
}

/** Most objects are compact already, and looking costs less than copying. */
function isCompact(facts: object): boolean {
  const members = facts as Record<string, unknown> // every object has string keys
  for (const key of Object.keys(members)) {
    const fact = members[key]
    if (fact === undefined) return false
    if (isPlainObject(fact) && (isEmpty(fact) || !isCompact(fact))) return false
  }
  return true
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false
  return true
}
