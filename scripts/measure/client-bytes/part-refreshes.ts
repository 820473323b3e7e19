/** What a client of some providers fetches to follow the registry from one version to the next. */
import { gzipSync } from 'node:zlib'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { partsOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { partText, rootText } from '../../../src/core/manifest/version.ts'
import type { RecordedVersion } from './recorded-versions.ts'

/** Bytes of bodies, gzip, each by itself. */
export interface PartRefresh {
  /** The newest commit, the digests of all parts, those of its providers that changed, and the head. */
  parts: number
  /** How many of its providers changed. */
  changed: number
  whole: number
}

export function partRefresh(from: RecordedVersion, to: RecordedVersion, providers: readonly string[]): PartRefresh {
  const before = textsOf(from)
  const after = textsOf(to)
  const changed = providers.filter((name) => after.get(name) !== before.get(name))
  const digests = rootText(Object.fromEntries([...after].map(([name, text]) => [name, sha256(text)])))
  const own = providers.flatMap((name) => after.get(name) ?? [])
  const [smallest = ''] = own.toSorted((a, b) => a.length - b.length)
  const sent = [JSON.stringify([to.info]), digests, ...changed.map((name) => after.get(name) ?? '')]
  const head = changed.length > 0 ? [smallest] : []
  return {
    parts: [...sent, ...head].reduce((sum, text) => sum + gzipBytes(text), 0),
    changed: changed.length,
    whole: gzipBytes(to.text),
  }
}

const gzipBytes = (text: string): number => gzipSync(text).length

/** By provider. */
function textsOf({ catalogue }: RecordedVersion): Map<string, string> {
  return new Map(partsOf(catalogue).map((part) => [part.value, partText(part)]))
}

export function describePartRefreshes(refreshes: readonly PartRefresh[], providers: readonly string[]): string {
  const shares = refreshes.map(({ parts, whole }) => parts / whole).toSorted((a, b) => a - b)
  const sum = (key: keyof PartRefresh): number => refreshes.reduce((total, refresh) => total + refresh[key], 0)
  const kilobytes = (bytes: number): string => `${(bytes / refreshes.length / 1024).toFixed(1)} KB`
  const percent = (share: number | undefined): string => `${(100 * (share ?? 0)).toFixed(1)} %`
  return [
    `${refreshes.length} refreshes by parts of ${providers.join(', ')}, gzip`,
    `  a day's refresh ${kilobytes(sum('parts'))}, the whole manifest ${kilobytes(sum('whole'))}: ${percent(sum('parts') / sum('whole'))}`,
    `  median ${percent(shares[Math.floor(shares.length / 2)])}, most ${percent(shares.at(-1))}; parts changed: ${sum('changed')}`,
  ].join('\n')
}
