/**
 * Serializes the changes of a store, so that a save in progress cannot restore what was cleared. A failed change is
 * ignored.
 */
export function createChanges(): (work: () => Promise<void>) => Promise<void> {
  let changed = Promise.resolve()
  return (work) => {
    changed = changed.then(work).catch(() => undefined)
    return changed
  }
}
