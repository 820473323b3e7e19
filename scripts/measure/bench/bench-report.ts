/** The measurements as tables, with the aims of issue 7 beside what was reached. */

import { fixed, medianOf, textTable } from '../../../src/cli/shared/table.ts'
import { ratioOf } from '../shared/measure.ts'
import type { SentDay } from '../shared/send-days.ts'
import { CHANGES, MODELS } from './bench-pulls.ts'
import type { Contender } from './contenders.ts'
import type { Rounds } from './measure-rounds.ts'
import type { StartCost } from './start-costs.ts'

interface Line {
  name: string
  measured: Contender
  baseline: Contender
  /** The highest ratio that is wanted. */
  aim?: number
}

const BASELINES: Partial<Record<Contender, string>> = {
  hello: 'a bare hello',
  bytes: 'the same bytes, bare',
  object: 'a bare object, same text',
  manifest: 'GET /v1/manifest',
  search: 'that search, again',
}

const LINES: Line[] = [
  { name: 'GET /v1/manifest', measured: 'manifest', baseline: 'bytes', aim: 1.25 },
  { name: 'the same, 304', measured: 'not modified', baseline: 'hello', aim: 1.5 },
  { name: 'GET /v1/version', measured: 'version', baseline: 'hello', aim: 1.5 },
  { name: 'GET /v1/models/:provider/:value', measured: 'model', baseline: 'hello', aim: 1.5 },
  { name: 'a search, asked again', measured: 'search', baseline: 'manifest', aim: 1 },
  { name: 'a search, never asked before', measured: 'new search', baseline: 'manifest', aim: 1 },
  { name: 'the plain way of that search', measured: 'plain', baseline: 'search' },
  { name: 'a past version from the object', measured: 'past version', baseline: 'object', aim: 3 },
]

export function describeRequests(rounds: Rounds<Contender>): string {
  const rows = LINES.map(({ name, measured, baseline, aim }) => {
    const ratio = ratioOf(rounds[measured], rounds[baseline])
    return [
      name,
      medianOf(rounds[measured]).toFixed(0),
      BASELINES[baseline] ?? baseline,
      medianOf(rounds[baseline]).toFixed(0),
      ratio.toFixed(2),
      ...(aim === undefined ? ['', ''] : [`<= ${aim.toFixed(2)}`, verdict(ratio <= aim)]),
    ]
  })
  return textTable(
    `CPU of a request, medians of ${rounds.hello.length} rounds; ${MODELS} models, everything in memory but the last line`,
    ['', 'µs', 'beside', 'µs', 'ratio', 'aim', ''],
    rows,
  )
}

const MAX_COMMIT_MS = 100

export function describeCommits(sent: SentDay[]): string {
  const cpuMs = medianOf(sent.map(({ cpuMicros }) => cpuMicros / 1000))
  const wallMs = medianOf(sent.map(({ milliseconds }) => milliseconds))
  const row = [`${MODELS} models, ${CHANGES} changed`, fixed(cpuMs), fixed(wallMs), `<= ${MAX_COMMIT_MS} CPU ms`]
  return textTable(
    `A pull taken and committed, medians of ${sent.length}`,
    ['', 'CPU ms', 'ms', 'aim', ''],
    [[...row, verdict(cpuMs <= MAX_COMMIT_MS)]],
  )
}

export function describeStarts(costs: StartCost[]): string {
  const kilobytes = (bytes: number) => fixed(bytes / 1000)
  const rows = costs.map(({ name, cpuMicros, minifiedBytes, gzippedBytes }) => [
    name,
    fixed(cpuMicros / 1000),
    kilobytes(minifiedBytes),
    kilobytes(gzippedBytes),
  ])
  return textTable(
    'Start of a workerd with one Worker, its code evaluated, and the size of that code',
    ['', 'CPU ms', 'KB minified', 'and gzipped'],
    rows,
  )
}

const verdict = (isReached: boolean): string => (isReached ? 'reached' : 'missed')
