import type { VersionInfo } from '../../../core/schema/history.ts'

/**
 * Commits of distinct content to read, each the first with its own, oldest first: the oldest and the current content, and as
 * many others at random. `chance` gives numbers from 0 up to 1.
 */
export function sampleCommits(commits: readonly VersionInfo[], count: number, chance: () => number): VersionInfo[] {
  const firsts = new Map<string, VersionInfo>()
  for (const commit of commits) if (!firsts.has(commit.root)) firsts.set(commit.root, commit)
  const distinct = [...firsts.values()]
  if (count >= distinct.length) return distinct
  const ends = [firsts.get(commits.at(-1)?.root ?? ''), distinct[0]]
  const picked = new Set(ends.slice(0, count))
  const others = distinct.filter((commit) => !picked.has(commit))
  while (picked.size < count) picked.add(others.splice(Math.floor(chance() * others.length), 1)[0])
  return distinct.filter((commit) => picked.has(commit))
}
