/** The measurements as a table, with the targets next to the results. */
import { fixed, medianOf, megabytes, textTable } from '../../../src/cli/shared/table.ts'
import { ratioOf } from '../shared/measure.ts'
import type { Contender } from './contenders.ts'
import type { First, FirstCost } from './fresh-isolates.ts'
import type { HistoryReads } from './history-reads.ts'
import type { IsolateMemory } from './isolate-memory.ts'
import type { Rounds } from './measure-rounds.ts'
import type { StartCost } from './start-costs.ts'

interface Line {
  name: string
  measured: Contender
  baseline: Contender
  beside: string
  /** The target: the highest acceptable ratio. */
  aim?: number
  /** A bare Worker that does the least of the same. */
  floor?: Contender
}

const HELLO = { baseline: 'hello', beside: 'a bare hello' } as const
const SAME_BYTES = 'the same bytes, bare'
const SAME_OBJECT = 'an object, same bytes'

const LINES: Line[] = [
  { name: 'the whole manifest', measured: 'manifest', baseline: 'bytes', beside: SAME_BYTES, aim: 1.15 },
  {
    name: "a provider's models",
    measured: 'provider models',
    baseline: 'provider bytes',
    beside: SAME_BYTES,
    aim: 1.3,
    floor: 'provider floor',
  },
  { name: '304', measured: 'not modified', ...HELLO, aim: 1.3 },
  { name: 'version', measured: 'version', ...HELLO, aim: 1.3, floor: 'version floor' },
  { name: 'one model', measured: 'model', ...HELLO, aim: 1.4, floor: 'model floor' },
  { name: 'a search never asked before', measured: 'new search', ...HELLO, aim: 4, floor: 'search floor' },
  { name: "a model's prices", measured: 'prices', ...HELLO },
  { name: 'the cost of one request', measured: 'cost', ...HELLO },
  { name: 'a past manifest', measured: 'past manifest', baseline: 'past bytes', beside: SAME_OBJECT, aim: 4 },
  { name: 'a past part', measured: 'past part', baseline: 'part bytes', beside: SAME_OBJECT, aim: 1.5 },
]

export function describeRequests(rounds: Rounds<Contender>): string {
  return textTable(
    `CPU of a request, medians of ${rounds.hello.length} rounds`,
    ['', 'µs', 'beside', 'µs', 'ratio', 'aim', '', 'floor'],
    LINES.map((line) => describeLine(rounds, line)),
  )
}

function describeLine(rounds: Rounds<Contender>, { name, measured, baseline, beside, aim, floor }: Line): string[] {
  const ratio = ratioOf(rounds[measured], rounds[baseline])
  const micros = [medianOf(rounds[measured]).toFixed(0), beside, medianOf(rounds[baseline]).toFixed(0)]
  const aims = aim === undefined ? ['', ''] : [`<= ${aim.toFixed(2)}`, verdict(ratio <= aim)]
  const least = floor === undefined ? '' : ratioOf(rounds[floor], rounds[baseline]).toFixed(2)
  return [name, ...micros, ratio.toFixed(2), ...aims, least]
}

const MAX_FIRST = 0.25

export function describeFirsts(costs: Record<First, FirstCost[]>): string {
  const rows = Object.entries(costs).map(([name, measured]) => {
    const ratio = medianOf(measured.map(({ micros, tierMicros, parseMicros }) => (micros - tierMicros) / parseMicros))
    const milliseconds = (key: keyof FirstCost) => fixed(medianOf(measured.map((cost) => cost[key])) / 1000)
    const all = (['micros', 'tierMicros', 'parseMicros'] as const).map(milliseconds)
    const aim = name === 'version' ? ['', ''] : [`<= ${MAX_FIRST}`, verdict(ratio <= MAX_FIRST)]
    return [`first ${name}`, ...all, ratio.toFixed(2), ...aim]
  })
  return textTable(
    `CPU of the first request of an isolate, medians of ${costs.search.length} isolates`,
    ['', 'ms', 'of KV and cache', 'JSON.parse', 'the rest to it', 'aim', ''],
    rows,
  )
}

const MAX_MEMORY_BYTES = 64e6
const MAX_REFRESH_SHARE = 0.05

export function describeSizes({ keptBytes, residentBytes }: IsolateMemory, refreshShare: number): string {
  return textTable(
    'Memory and refresh',
    ['', '', 'aim', ''],
    [
      ['kept above a bare isolate, MB', megabytes(keptBytes), '<= 64.0', verdict(keptBytes <= MAX_MEMORY_BYTES)],
      ['resident, with garbage, MB', megabytes(residentBytes), '<= 64.0', verdict(residentBytes <= MAX_MEMORY_BYTES)],
      [
        "a day's refresh of three providers, gzip",
        percent(refreshShare),
        '<= 5 %',
        verdict(refreshShare <= MAX_REFRESH_SHARE),
      ],
    ],
  )
}

const MAX_START_MS = 20

export function describeStarts(costs: StartCost[]): string {
  const bare = costs[0]?.cpuMicros ?? 0
  const rows = costs.map(({ name, cpuMicros, minifiedBytes, gzippedBytes }, index) => {
    const beyond = (cpuMicros - bare) / 1000
    const aim = index === costs.length - 1 ? [`<= ${MAX_START_MS}`, verdict(beyond <= MAX_START_MS)] : ['', '']
    return [
      name,
      fixed(cpuMicros / 1000),
      fixed(beyond),
      ...aim,
      fixed(minifiedBytes / 1000),
      fixed(gzippedBytes / 1000),
    ]
  })
  return textTable(
    'Start of a workerd with one Worker, its code evaluated, and the size of that code',
    ['', 'CPU ms', 'beyond bare', 'aim', '', 'KB minified', 'and gzipped'],
    rows,
  )
}

export function describeHistory({ commits, reads }: HistoryReads): string {
  const rows = reads.map(({ name, cost, bytes }) => [name, fixed(cost.cpuMs), fixed(cost.wallMs), fixed(bytes / 1000)])
  return textTable(`Reads of the object over a backfill of ${commits} days`, ['', 'CPU ms', 'ms', 'KB'], rows)
}

const percent = (share: number): string => `${fixed(share * 100)} %`
const verdict = (isReached: boolean): string => (isReached ? 'reached' : 'missed')
