/**
 * Changes: the lines of a diff, one for each leaf that differs between two versions of an object. A missing side is an
 * absent key. An array is one leaf, and so is an object with a key that a path cannot name. Applying the changes to the
 * first object gives exactly the second.
 */
import { canonicalize, compareText } from '../json/canonical.ts'
import type { Change } from '../schema/history.ts'

/** The changes from one object to another, sorted by path. */
export function changesBetween(before: object, after: object): Change[] {
  return compareMembers(before, after, '').sort((a, b) => compareText(a.path, b.path))
}

/** Every fact in an object, by its path. */
export function leavesOf(facts: object): Map<string, unknown> {
  return new Map(changesBetween({}, facts).map(({ path, after }) => [path, after]))
}

/** A copy of an object with the changes applied. Nested objects left without facts are dropped. */
export function applyChanges<T extends object>(before: T, changes: readonly Change[]): T {
  let facts: unknown = structuredClone(before)
  for (const { path, after } of changes) facts = withLeaf(facts, path.split('.'), after)
  return (facts ?? {}) as T // true if the changes came from two objects of this type
}

/** Most members are equal, and are passed over without a copy of the rest. */
function compareMembers(before: object, after: object, prefix: string): Change[] {
  const changes: Change[] = []
  for (const key of Object.keys(before)) {
    const [old, next] = [memberOf(before, key), memberOf(after, key)]
    if (old !== next) changes.push(...compareMember(old, next, prefix + key))
  }
  for (const key of Object.keys(after))
    if (!Object.hasOwn(before, key)) changes.push(...compareMember(undefined, memberOf(after, key), prefix + key))
  return changes
}

/** Own members only: any object inherits some. */
function memberOf(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key as keyof object] : undefined
}

function compareMember(before: unknown, after: unknown, path: string): Change[] {
  if (before === after) return []
  // An absent side is compared as an empty object, so that adding or removing an object is one change per leaf.
  if (hasPaths(before) && hasPaths(after)) return compareMembers(before, after, `${path}.`)
  if (hasPaths(before) && after === undefined) return compareMembers(before, {}, `${path}.`)
  if (before === undefined && hasPaths(after)) return compareMembers({}, after, `${path}.`)
  if (isStructure(before) && isStructure(after) && canonicalize(before) === canonicalize(after)) return []
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** Names chosen by a source, such as those of modes and headers, may contain a dot, and then have no path. */
function hasPaths(value: unknown): value is Record<string, unknown> {
  return isObject(value) && Object.keys(value).every((key) => key !== '' && !key.includes('.'))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value with a leaf set, or removed if the leaf is `undefined`; `undefined` if no facts are left. */
function withLeaf(value: unknown, [key, ...rest]: string[], leaf: unknown): unknown {
  if (key === undefined) return leaf
  if (leaf === undefined && !isObject(value)) return value
  // Own members only: a path from outside must not reach or replace a prototype.
  const members = isObject(value) ? value : {}
  const member = withLeaf(Object.hasOwn(members, key) ? members[key] : undefined, rest, leaf)
  if (member !== undefined) return { ...members, [key]: member }
  const { [key]: _, ...others } = members
  return Object.keys(others).length > 0 ? others : undefined
}
