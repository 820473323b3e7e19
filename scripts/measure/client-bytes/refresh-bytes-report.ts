import type { Bytes, RefreshBytes } from './refresh-bytes.ts'

const COLUMNS: [keyof Bytes, string][] = [
  ['plain', 'uncompressed'],
  ['gzip', 'gzip'],
  ['brotli', 'brotli'],
]

/** A line for each compression: the median of a day, and the share of the diff over all days. */
export function describeRefreshBytes(days: RefreshBytes[]): string {
  const lines = COLUMNS.map(([column, name]) => {
    const diffs = days.map(({ diff }) => diff[column])
    const wholes = days.map(({ whole }) => whole[column])
    const share = (100 * total(diffs)) / total(wholes)
    return `${name.padEnd(14)}${kilobytes(median(diffs))}${kilobytes(median(wholes))}${share.toFixed(1).padStart(10)} %`
  })
  const longer = days.filter(({ isLonger }) => isLonger).length
  return [
    `${days.length} refreshes from one version to the next`,
    `${''.padEnd(14)}${'by diff'.padStart(12)}${'whole'.padStart(12)}${'share'.padStart(12)}`,
    ...lines,
    `${longer} of the diffs are longer than the manifest, which is fetched in their place`,
  ].join('\n')
}

const total = (bytes: number[]): number => bytes.reduce((sum, one) => sum + one, 0)
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`.padStart(12)

function median(bytes: number[]): number {
  const sorted = bytes.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : total(sorted.slice(middle - 1, middle + 1)) / 2
}
