/**
 * RFC 8785 (JCS) canonical JSON of plain data, and the order of UTF-16 code units it sorts by.
 * `JSON.stringify` already writes numbers and strings as sections 3.2.2.2 and 3.2.2.3 want; only key order is ours.
 * Absent and `undefined` keys are the same; strings must be well-formed, which is checked where text comes in.
 */

/** Canonical JSON text of a JSON value. */
export function canonicalize(value: unknown): string {
  // A copy with its keys in order, written by the engine, costs a fraction of a text that is put together here.
  const ordered = isObject(value) ? inOrder(value) : value
  return ordered === UNORDERABLE ? write(value) : JSON.stringify(ordered)
}

const UNORDERABLE = Symbol('no object holds its keys in canonical order')
/** Objects list numbers before all other keys, and do not list the last as a key at all. */
const UNORDERABLE_KEY = /^(?:\d+|__proto__)$/

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** The same value with all keys in order. What is in order already is not copied. */
function inOrder(value: object): object | typeof UNORDERABLE {
  return Array.isArray(value) ? listInOrder(value) : membersInOrder(value)
}

function listInOrder(list: unknown[]): unknown[] | typeof UNORDERABLE {
  let ordered = list
  for (const [index, member] of list.entries()) {
    if (!isObject(member)) continue
    const copy = inOrder(member)
    if (copy === UNORDERABLE) return UNORDERABLE
    if (copy === member) continue
    if (ordered === list) ordered = [...list]
    ordered[index] = copy
  }
  return ordered
}

function membersInOrder(value: object): object | typeof UNORDERABLE {
  // Any object may be asked for its own keys, and it is asked for no others.
  const members = value as Record<string, unknown>
  const keys = Object.keys(members)
  const isSorted = areSorted(keys)
  // Without a comparer `sort` orders by UTF-16 code units, some times faster than with one.
  if (!isSorted) keys.sort()
  let ordered: Record<string, unknown> = isSorted ? members : {}
  for (const key of keys) {
    if (isSuspect(key) && UNORDERABLE_KEY.test(key)) return UNORDERABLE
    const member = members[key]
    const copy = isObject(member) ? inOrder(member) : member
    if (copy === UNORDERABLE) return UNORDERABLE
    if (ordered === members && copy !== member) ordered = { ...members }
    if (ordered !== members) ordered[key] = copy
  }
  return ordered
}

function areSorted(keys: readonly string[]): boolean {
  let last = ''
  for (const key of keys) {
    if (key < last) return false
    last = key
  }
  return true
}

/** Most keys begin with a letter: to look at that costs less than to match them. */
function isSuspect(key: string): boolean {
  const first = key.charCodeAt(0)
  return first <= 57 || first === 95 // up to "9", or "_"
}

function write(value: unknown): string {
  if (!isObject(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  const members = value as Record<string, unknown>
  const known = Object.keys(members).filter((key) => members[key] !== undefined)
  return `{${known
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(members[key])}`)
    .join(',')}}`
}

/** Orders two strings by UTF-16 code units, on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
