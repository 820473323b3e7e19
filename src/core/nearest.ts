/** Finds the name that a misspelled one most likely means. Pure. */

/** Longer names are not compared: they are rarely typed by hand, and the cost grows with their length. */
const MAX_LENGTH = 80

/** A suggestion to append to an error message: the nearest allowed name, or an empty text if none is near. */
export function hintOf(given: string, known: readonly string[]): string {
  return hint(nearestTo(given, known))
}

export function hint(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`
}

/** The nearest name; `undefined` if more than a third of the letters, or all of them, must change. */
export function nearestTo(text: string, names: readonly string[]): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const wanted = text.toLowerCase()
  let nearest: string | undefined
  let fewest = Math.min(Math.floor(Math.max(wanted.length, 3) / 3) + 1, wanted.length)
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) >= fewest) continue
    const edits = editsBetween(wanted, name.toLowerCase(), fewest)
    if (edits < fewest) {
      fewest = edits
      nearest = name
    }
  }
  return nearest
}

/**
 * The number of insertions, deletions, substitutions and swaps of neighbours; some number of at least `limit` if there
 * are more.
 */
function editsBetween(a: string, b: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforeLast[j - 2] ?? 0) + 1 : limit
      row.push(Math.min(substituted, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swapped))
    }
    if (Math.min(...row) >= limit) return limit
    beforeLast = last
    last = row
  }
  return last[b.length] ?? limit
}
