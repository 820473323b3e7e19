/**
 * The states of models.dev that were deployed: the branch `dev` by first parents, the last commit of each UTC day. A day
 * that is not over is skipped, because a registry accepts a day only once.
 */
import { CommandError } from '../../../src/cli/shared/command.ts'
import { runGit } from './git-process.ts'

export interface DeployedDay {
  /** UTC, YYYY-MM-DD. */
  date: string
  /** When its last commit that touched a row was made. */
  at: string
  commit: string
}

/**
 * A merge with swapped parents: the second parent is what was deployed until then, and the first is the work of one
 * contributor.
 */
const SWAPPED_MERGES = new Set(['ad3305bc084006a87b469102eee7e3596f5c2838'])

export const CATALOGUE_FOLDERS = ['providers', 'models'] as const

interface Commit {
  id: string
  /** Unix milliseconds. */
  at: number
}

/** Oldest first, the days on which a row may have changed. */
export function listDeployedDays(repository: string, now: number): DeployedDay[] {
  const commits = deployedCommits(repository)
  const trees = catalogueTrees(repository, commits)
  const today = dateOf(now)
  const days = new Map<string, DeployedDay>()
  let newest = 0
  for (const [index, { id, at }] of commits.entries()) {
    // A wrong clock must not change the order of the days.
    newest = Math.max(newest, at)
    const date = dateOf(newest)
    const isChange = index === 0 || trees[index] !== trees[index - 1]
    const last = days.get(date)
    if (date < today && (isChange || last))
      days.set(date, { date, commit: id, at: isChange || !last ? new Date(newest).toISOString() : last.at })
  }
  return [...days.values()]
}

/** Oldest first. */
function deployedCommits(repository: string): Commit[] {
  const branch = branchOf(repository)
  const lines = runGit(repository, ['log', '--format=%H %ct %P', branch]).toString().trim().split('\n')
  const known = new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line]))
  const commits: Commit[] = []
  for (let line = lines[0]; line !== undefined; ) {
    const [id = '', seconds, ...parents] = line.split(' ')
    commits.push({ id, at: Number(seconds) * 1000 })
    line = known.get(parents[SWAPPED_MERGES.has(id) ? 1 : 0] ?? '')
  }
  return commits.reverse()
}

/** A clone has the branch of its origin, a mirror has the branch itself. */
function branchOf(repository: string): string {
  const branches = runGit(repository, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes/origin'])
    .toString()
    .split('\n')
  const found = ['refs/remotes/origin/dev', 'refs/heads/dev'].find((name) => branches.includes(name))
  if (found) return found
  throw new CommandError(`Cannot read "${repository}": it has no branch "dev", so it is not models.dev`)
}

/** The ids of the catalogue folders of each commit, which identify its rows. */
function catalogueTrees(repository: string, commits: readonly Commit[]): string[] {
  const wanted = commits.flatMap(({ id }) => CATALOGUE_FOLDERS.map((folder) => `${id}:${folder}`))
  const lines = runGit(repository, ['cat-file', '--batch-check=%(objectname)'], `${wanted.join('\n')}\n`)
    .toString()
    .split('\n')
  // For a missing folder, git prints its name.
  const treeOf = (line = '') => (line.endsWith(' missing') ? '' : line)
  return commits.map((_, index) =>
    CATALOGUE_FOLDERS.map((_, folder) => treeOf(lines[index * CATALOGUE_FOLDERS.length + folder])).join(),
  )
}

const dateOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10)
