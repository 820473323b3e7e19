/** Changes by a second implementation: both values are flattened into paths and leaves, and compared. */
import type { Change } from '../../../src/core/schema/history.ts'
import { independentCanonical } from './naive/independent-canonical.ts'

export function leavesOf(value: object, prefix = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>()
  for (const [key, member] of Object.entries(value)) {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) leaves.set(prefix + key, member)
    else for (const [path, leaf] of leavesOf(member, `${prefix}${key}.`)) leaves.set(path, leaf)
  }
  return leaves
}

/** The changes between two values. Neither may have an object where the other has a leaf. */
export function independentChanges(before: object, after: object): Change[] {
  const old = leavesOf(before)
  const next = leavesOf(after)
  const paths = [...new Set([...old.keys(), ...next.keys()])].sort((a, b) => Number(a > b) - Number(a < b))
  return paths.flatMap((path) => {
    const gone = !next.has(path)
    const isNew = !old.has(path)
    if (!gone && !isNew && independentCanonical(old.get(path)) === independentCanonical(next.get(path))) return []
    return [{ path, ...(!isNew && { before: old.get(path) }), ...(!gone && { after: next.get(path) }) }]
  })
}

/** The same change seen from the other side. */
export function reversed({ path, ...sides }: Change): Change {
  return {
    path,
    ...('after' in sides && { before: sides.after }),
    ...('before' in sides && { after: sides.before }),
  }
}
