/**
 * Checks the rows of a history against each other. Each is linked to the chain that the row before it states, so that a
 * row that was tampered with is one fault, and not a fault of all that follow.
 */
import type { VersionInfo } from '../../../core/schema/history.ts'
import { chainOf } from '../../../core/version.ts'
import { sha256 } from '../../shared/sha256.ts'

/** What is wrong, a line for each fault; empty if nothing is. `rows` oldest first. */
export function checkRows(rows: readonly VersionInfo[]): string[] {
  const firstOf = new Map<string, VersionInfo>()
  return rows.flatMap((row, index) => {
    const first = firstOf.get(row.etag) ?? row
    firstOf.set(row.etag, first)
    const faults = [
      ...checkNumber(row, index),
      ...checkChain(row, rows[index - 1]),
      ...checkName(row),
      ...(row.generatedAt === first.generatedAt
        ? []
        : [
            `generatedAt is ${row.generatedAt}, but ${first.generatedAt} in row ${first.seq}, the first of its content`,
          ]),
    ]
    return faults.map((fault) => `row ${row.seq} (${row.version}): ${fault}`)
  })
}

function checkNumber({ seq }: VersionInfo, index: number): string[] {
  return seq === index + 1 ? [] : [`its seq is ${seq}, but ${index} rows come before it`]
}

function checkChain(row: VersionInfo, before: VersionInfo | undefined): string[] {
  const wanted = chainOf(before?.chain ?? '', row, sha256)
  const isLater = before === undefined || Date.parse(row.committedAt) > Date.parse(before.committedAt)
  return [
    ...(row.chain === wanted ? [] : [`its chain is ${row.chain}, but it and the row before make ${wanted}`]),
    ...(row.previous === before?.version
      ? []
      : [`it names ${row.previous ?? 'nothing'} as the version before it, which is ${before?.version ?? 'nothing'}`]),
    ...(isLater ? [] : [`committedAt ${row.committedAt} is not later than that of the row before`]),
  ]
}

/** A version is the beginning of its etag. */
function checkName({ version, etag }: VersionInfo): string[] {
  return version === `v1.${etag.slice(1, 13)}` ? [] : [`its version is not the beginning of its etag ${etag}`]
}
