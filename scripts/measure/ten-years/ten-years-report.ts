/** The cost of commits and exports and the size of the database, as tables. */

import { fixed, medianOf, megabytes, textTable } from '../../../src/cli/shared/table.ts'
import type { SentDay } from '../shared/sent-day.ts'
import type { DatabaseSize } from './database-size.ts'
import { EARLY_BYTES, type ExportCost, HEAP_MEGABYTES } from './measure-export.ts'

const COMMITS_AT_EACH_END = 100
/** The first commits run code that is not compiled yet. */
const WARM_UP_COMMITS = 10

export function describeCommits(sent: SentDay[]): string {
  const count = Math.min(COMMITS_AT_EACH_END, Math.floor((sent.length - WARM_UP_COMMITS) / 2))
  const row = (name: string, days: SentDay[]) => {
    const wallMs = medianOf(days.map(({ milliseconds }) => milliseconds))
    const cpuMs = days.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / days.length / 1000
    return [name, fixed(wallMs), fixed(cpuMs), fixed(1000 / wallMs)]
  }
  return textTable(
    'Commits, each a pull sent to /v1/admin/pulls',
    ['', 'ms', 'CPU ms', 'per second'],
    [
      row(`the first ${count}`, sent.slice(WARM_UP_COMMITS, WARM_UP_COMMITS + count)),
      row(`the last ${count}`, sent.slice(-count)),
    ],
  )
}

export function describeExports(costs: ExportCost[]): string {
  const rows = costs.map(({ name, bytes, seconds, cpuSeconds, residentBefore, earlyPeak, peak }) => [
    name,
    megabytes(bytes),
    fixed(seconds),
    fixed(cpuSeconds),
    megabytes(residentBefore),
    megabytes(earlyPeak),
    megabytes(peak),
  ])
  return textTable(
    `Export, each from a fresh workerd with a heap of at most ${HEAP_MEGABYTES} MB`,
    ['', 'MB', 's', 'CPU s', 'MB resident before', `peak by ${EARLY_BYTES / 1e6} MB`, 'peak'],
    rows,
  )
}

export function describeSize(size: DatabaseSize, versions: number): string {
  const row = (name: string, bytes: number) => [name, megabytes(bytes), fixed(bytes / versions / 1000)]
  const rows = size.tables.flatMap(({ name, tableBytes, indexBytes }) => [
    row(name, tableBytes),
    row(`${name}, indexes`, indexBytes),
  ])
  return textTable(
    `Database of ${versions} versions and ${size.revisions} revisions`,
    ['', 'MB', 'KB per version'],
    [
      row('in all', size.totalBytes),
      ...rows.filter(([, megabytes]) => megabytes !== '0.0'),
      row('of these, JSON of the revisions', size.bodyBytes),
      row('of these, payloads of the pulls', size.payloadBytes),
    ],
  )
}
