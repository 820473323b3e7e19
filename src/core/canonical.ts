/**
 * RFC 8785 (JCS) canonical JSON of plain data, and the order of UTF-16 code units it sorts by.
 * `JSON.stringify` already writes numbers and strings as sections 3.2.2.2 and 3.2.2.3 want; only key order is ours.
 * Absent and `undefined` keys are the same; strings must be well-formed, which the doors check.
 */

/** Canonical JSON text of a JSON value. */
export function canonicalize(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`
  const members: Record<string, unknown> = { ...value }
  const texts: string[] = []
  // Without a comparer `sort` orders by UTF-16 code units, some times faster than with one.
  for (const key of Object.keys(members).sort())
    if (members[key] !== undefined) texts.push(`${JSON.stringify(key)}:${canonicalize(members[key])}`)
  return `{${texts.join(',')}}`
}

/** Orders two strings by UTF-16 code units, on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
