import type { VersionInfo } from '../../../core/schema/history.ts'

/**
 * Rows of distinct content to read, each the first with its own, oldest first: the oldest and the current content, and as
 * many others at random. `chance` gives numbers from 0 up to 1.
 */
export function sampleRows(rows: readonly VersionInfo[], count: number, chance: () => number): VersionInfo[] {
  const firsts = new Map<string, VersionInfo>()
  for (const row of rows) if (!firsts.has(row.etag)) firsts.set(row.etag, row)
  const distinct = [...firsts.values()]
  if (count >= distinct.length) return distinct
  const ends = [firsts.get(rows.at(-1)?.etag ?? ''), distinct[0]]
  const picked = new Set(ends.slice(0, count))
  const others = distinct.filter((row) => !picked.has(row))
  while (picked.size < count) picked.add(others.splice(Math.floor(chance() * others.length), 1)[0])
  return distinct.filter((row) => picked.has(row))
}
