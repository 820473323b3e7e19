/**
 * RFC 8785 (JCS) canonical JSON of plain data, and the order of UTF-16 code units it sorts by.
 * `JSON.stringify` already writes numbers and strings as sections 3.2.2.2 and 3.2.2.3 want; only key order is ours.
 * Absent and `undefined` keys are the same; strings must be well-formed, which the doors check.
 */

/** Canonical JSON text of a JSON value. */
export function canonicalize(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const member of value) text += `${text && ','}${canonicalize(member)}`
    return `[${text}]`
  }
  // Any object may be asked for its own keys, and it is asked for no others.
  const members = value as Record<string, unknown>
  for (const key of sortedKeys(members)) {
    const member = members[key]
    if (member !== undefined) text += `${text && ','}${keyText(key)}${canonicalize(member)}`
  }
  return `{${text}}`
}

/** Many objects have their keys in order already: looking costs less than sorting. */
function sortedKeys(members: object): string[] {
  const keys = Object.keys(members)
  let last = ''
  for (const key of keys) {
    // Without a comparer `sort` orders by UTF-16 code units, some times faster than with one.
    if (key < last) return keys.sort()
    last = key
  }
  return keys
}

/** Printable ASCII but for what JSON escapes: such a text is itself in quotes, which costs less than to have it written. */
const PLAIN = /^[ !#-[\]-~]*$/

const quote = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text))

/** Keys are few and come again and again. */
const keyTexts = new Map<string, string>()
/** More than there are facts and providers by far; keys from outside must not fill the memory. */
const MAX_KEY_TEXTS = 5000

function keyText(key: string): string {
  const known = keyTexts.get(key)
  if (known !== undefined) return known
  const text = `${quote(key)}:`
  if (keyTexts.size >= MAX_KEY_TEXTS) keyTexts.clear()
  keyTexts.set(key, text)
  return text
}

/** Orders two strings by UTF-16 code units, on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
