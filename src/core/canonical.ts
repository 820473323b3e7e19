/**
 * RFC 8785 (JCS) canonical JSON of plain data, and the order of UTF-16 code units it sorts by.
 * `JSON.stringify` already writes numbers and strings as sections 3.2.2.2 and 3.2.2.3 want; only key order is ours.
 * Absent and `undefined` keys are the same; strings must be well-formed, which the doors check.
 */

/** Canonical JSON text of a JSON value. */
export function canonicalize(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareText(a, b))
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalize(member)}`).join(',')}}`
}

/** Orders two strings by UTF-16 code units, on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
