/** Finds the name that a misspelt one most likely means. Pure. */

/** Longer names are not compared: they are rarely typed by hand, and the cost grows with their length. */
const MAX_LENGTH = 80

/** Suggests the nearest of the allowed names, if one is near. */
export function hintOf(given: string, known: readonly string[]): string {
  return hint(nearestTo(given, known))
}

export function hint(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`
}

/** `undefined` where none is near: more than a third of the letters would have to change, or all of them. */
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

/** Insertions, deletions, substitutions and swaps of neighbours; at least `limit` where there are more. */
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
