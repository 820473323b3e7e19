/**
 * Changes of a store, one after the other: what is cleared is not there again because it was being saved. One that fails
 * is as none.
 */
export function createChanges(): (work: () => Promise<void>) => Promise<void> {
  let changed = Promise.resolve()
  return (work) => {
    changed = changed.then(work).catch(() => undefined)
    return changed
  }
}
