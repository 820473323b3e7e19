/** Whether versions were seen in order. Content that became current again has several commits, and either may be meant. */

/** The first step back among what one connection saw, if there is one. `seqs` are the rows of each version. */
export function findStepBack(
  versions: readonly string[],
  seqs: ReadonlyMap<string, readonly number[]>,
): string | undefined {
  let floor = 0
  for (const version of versions) {
    const rows = seqs.get(version) ?? []
    // The earliest that it can have been leaves most room for what follows.
    const earliest = Math.min(...rows.filter((row) => row >= floor))
    if (earliest === Number.POSITIVE_INFINITY)
      return `${version} (row ${rows.join(' or ') || 'unknown'}) after row ${floor}`
    floor = earliest
  }
  return undefined
}
