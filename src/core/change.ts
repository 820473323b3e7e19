/**
 * One line of a diff: a leaf that differs between two values of the same thing. A missing side is an absent key, an
 * array is one leaf. Applying the changes to the one value gives exactly the other.
 */
import { canonicalize, compareText } from './canonical.ts'
import type { Change } from './schema.ts'

/** The changes from one object to another, sorted by path. */
export function changesBetween(before: object, after: object): Change[] {
  return compareMembers(before, after, '').sort((a, b) => compareText(a.path, b.path))
}

/** A copy of an object with the changes made. Objects left without facts are absent, as everywhere. */
export function applyChanges<T extends object>(before: T, changes: readonly Change[]): T {
  const after = structuredClone(before)
  for (const { path, ...sides } of changes) {
    const keys = path.split('.')
    if ('after' in sides) setLeaf(after, keys, sides.after)
    else dropLeaf(after, keys)
  }
  return after
}

function compareMembers(before: object, after: object, prefix: string): Change[] {
  const old = new Map(Object.entries(before))
  const next = new Map(Object.entries(after))
  const keys = new Set([...old.keys(), ...next.keys()])
  return [...keys].flatMap((key) => compareMember(old.get(key), next.get(key), prefix + key))
}

function compareMember(before: unknown, after: unknown, path: string): Change[] {
  if (before === after) return []
  // A side that is absent is compared as an object without facts, so that whole objects come and go by their leaves.
  if (isObject(before) && isObject(after)) return compareMembers(before, after, `${path}.`)
  if (isObject(before) && after === undefined) return compareMembers(before, {}, `${path}.`)
  if (before === undefined && isObject(after)) return compareMembers({}, after, `${path}.`)
  if (Array.isArray(before) && Array.isArray(after) && canonicalize(before) === canonicalize(after)) return []
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function setLeaf(target: object, keys: string[], leaf: unknown): void {
  const [key = '', ...rest] = keys
  if (rest.length === 0) {
    setMember(target, key, leaf)
    return
  }
  const member = memberOf(target, key)
  const inner = isObject(member) ? member : {}
  setLeaf(inner, rest, leaf)
  setMember(target, key, inner)
}

function dropLeaf(target: object, keys: string[]): void {
  const [key = '', ...rest] = keys
  const member = memberOf(target, key)
  if (isObject(member)) dropLeaf(member, rest)
  if (rest.length === 0 || (isObject(member) && Object.keys(member).length === 0)) Reflect.deleteProperty(target, key)
}

// Own members only: a path from outside must not reach or replace a prototype.
function memberOf(target: object, key: string): unknown {
  return Object.hasOwn(target, key) ? Reflect.get(target, key) : undefined
}

function setMember(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true })
}
