/** What pages read of the history: commits and the changes between them, from the Durable Object. */
import type { DiffFilter } from '../../core/diff/filter.ts'
import type { Diff, VersionInfo } from '../../core/schema/history.ts'
import type { Exchange } from '../exchange.ts'

const decoder = new TextDecoder()

/** Newest first, from `upTo` down. */
export async function readCommits({ registry }: Exchange, upTo: number, limit: number): Promise<VersionInfo[]> {
  const bytes = await registry.versions(limit, upTo)
  // The registry wrote it.
  return bytes ? (JSON.parse(decoder.decode(bytes)) as VersionInfo[]) : []
}

/** `undefined` if there is no such commit. */
export async function readDiff(
  { registry }: Exchange,
  fromSeq: number,
  toSeq: number,
  filter: DiffFilter,
): Promise<Diff | undefined> {
  const bytes = await registry.diff(fromSeq, toSeq, filter)
  return bytes && (JSON.parse(decoder.decode(bytes)) as Diff)
}
