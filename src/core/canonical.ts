/**
 * RFC 8785 (JCS) canonical JSON of plain data, and the order of UTF-16 code units it sorts by.
 * `JSON.stringify` already writes numbers and strings as sections 3.2.2.2 and 3.2.2.3 want; only key order is ours.
 * Absent and `undefined` keys are the same; strings must be well-formed, which the doors check.
 */

/** Keys that are themselves in quotes: to know that costs less than to have them written. */
const PLAIN_KEY = /^\w*$/

/** Canonical JSON text of a JSON value. */
export function canonicalize(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const member of value) text += `${text && ','}${canonicalize(member)}`
    return `[${text}]`
  }
  // Any object may be asked for its own keys, and it is asked for no others.
  const members = value as Record<string, unknown>
  // Without a comparer `sort` orders by UTF-16 code units, some times faster than with one.
  for (const key of Object.keys(members).sort()) {
    const member = members[key]
    if (member === undefined) continue
    text += `${text && ','}${PLAIN_KEY.test(key) ? `"${key}"` : JSON.stringify(key)}:${canonicalize(member)}`
  }
  return `{${text}}`
}

/** Orders two strings by UTF-16 code units, on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
