/**
 * Checks the commits of a history against each other. Each is checked against the chain that the commit before it
 * states, so that one altered commit is one fault, not a fault in every later commit. Pure; the hash function is an
 * argument.
 */

import { chainOf, type Sha256, versionOf } from '../manifest/version.ts'
import type { VersionInfo } from '../schema/history.ts'

/** One line for each fault; empty if there is none. Commits are oldest first. */
export function checkCommits(commits: readonly VersionInfo[], sha256: Sha256): string[] {
  const firstOf = new Map<string, VersionInfo>()
  return commits.flatMap((commit, index) => {
    const first = firstOf.get(commit.root) ?? commit
    firstOf.set(commit.root, first)
    const faults = [
      ...checkNumber(commit, index),
      ...checkChain(commit, commits[index - 1], sha256),
      ...checkName(commit),
      ...checkHead(commit, first),
    ]
    return faults.map((fault) => `commit ${commit.seq} (${commit.version}): ${fault}`)
  })
}

function checkNumber({ seq }: VersionInfo, index: number): string[] {
  return seq === index + 1 ? [] : [`its seq is ${seq}, but ${index} commits come before it`]
}

function checkChain(commit: VersionInfo, before: VersionInfo | undefined, sha256: Sha256): string[] {
  const wanted = chainOf(before?.chain ?? '', commit, sha256)
  const isLater = before === undefined || Date.parse(commit.committedAt) > Date.parse(before.committedAt)
  return [
    ...(commit.chain === wanted ? [] : [`its chain is ${commit.chain}, but the commit before it leads to ${wanted}`]),
    ...(commit.previous === before?.version
      ? []
      : [
          `its previous version is ${commit.previous ?? 'absent'}, but the commit before it has ${before?.version ?? 'none'}`,
        ]),
    ...(isLater ? [] : [`committedAt ${commit.committedAt} is not later than that of the commit before`]),
  ]
}

/** Version and etag are the beginning of the root. */
function checkName({ version, etag, root }: VersionInfo): string[] {
  const wanted = versionOf(root)
  if (version !== wanted.version) return [`its version does not match its root ${root}`]
  return etag === wanted.etag ? [] : [`its etag ${etag} does not match its root ${root}`]
}

/** Content that becomes current again keeps its `generatedAt`. */
function checkHead({ generatedAt }: VersionInfo, first: VersionInfo): string[] {
  if (generatedAt === first.generatedAt) return []
  return [`generatedAt is ${generatedAt}, but ${first.generatedAt} in commit ${first.seq}, the first of its content`]
}
