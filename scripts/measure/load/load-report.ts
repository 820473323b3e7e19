/** The measurements of a load, as tables. */
import { fixed, quantileOf, textTable } from '../../../src/cli/shared/table.ts'
import type { ReaderRecord, ReadRecord } from './reader.ts'
import type { WriterRecord } from './writer.ts'

export interface Load {
  seconds: number
  writer: WriterRecord
  readers: ReaderRecord[]
  /** How many rows the history has at the end. */
  rows: number
}

export function describeLoad({ seconds, writer, readers, rows }: Load): string {
  const routes = Map.groupBy(
    readers.flatMap((reader) => [...reader.routes]),
    ([route]) => route,
  )
  const lines = [...routes]
    .map(([route, records]) => [route, merge(records.map(([, record]) => record))] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const all = merge(lines.map(([, record]) => record))
  const bare = merge(readers.map((reader) => reader.bare))
  const cells = (name: string, { requests, notModified, milliseconds }: ReadRecord) => {
    const times = [0.5, 0.99].map((share) => fixed(quantileOf(milliseconds, share)))
    return [name, String(requests), fixed(requests / seconds), String(notModified), ...times]
  }
  const table = textTable(
    `Reads on ${readers.length} connections in ${seconds} s`,
    ['', 'requests', 'per second', 'of them 304', 'median ms', '99 % ms'],
    [...lines.map(([route, record]) => cells(route, record)), cells('in all', all), cells('a bare Worker', bare)],
  )
  const versions = new Set(readers.flatMap(({ seen }) => seen))
  return `${table}

Meanwhile ${writer.pulls} pulls and ${writer.overrides} overrides were sent; the history has ${rows} rows.
Connections saw ${versions.size} versions, and each of them ${Math.min(...readers.map(({ seen }) => seen.length))} changes or more.`
}

function merge(records: ReadRecord[]): ReadRecord {
  return {
    requests: records.reduce((sum, { requests }) => sum + requests, 0),
    notModified: records.reduce((sum, { notModified }) => sum + notModified, 0),
    milliseconds: records.flatMap(({ milliseconds }) => milliseconds),
  }
}
