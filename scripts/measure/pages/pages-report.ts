/** The measurements of pages as tables, with the aims beside what was reached. */
import { fixed, medianOf, textTable } from '../../../src/cli/shared/table.ts'
import type { BrowserTimes } from './browser-times.ts'
import type { PageBytes } from './page-bytes.ts'
import type { PageCost } from './page-costs.ts'

const MAX_USABLE_MS = 300
const MAX_CHANGE_MS = 60

const TIMES: readonly [key: keyof BrowserTimes, name: string, aim?: number][] = [
  ['interactiveMs', 'first byte to domInteractive', MAX_USABLE_MS],
  ['bareInteractiveMs', 'the same of a bare page'],
  ['paintMs', 'first byte to first contentful paint', MAX_USABLE_MS],
  ['barePaintMs', 'the same of a bare page'],
  ['readyMs', 'first byte to the columns of the search'],
  ['filterMs', 'a filter, until it is painted', MAX_CHANGE_MS],
  ['searchMs', 'a word, until its models are painted', MAX_CHANGE_MS],
  ['sortMs', 'a sort, until it is painted', MAX_CHANGE_MS],
]

export function describeTimes(times: readonly BrowserTimes[]): string {
  const rows = TIMES.map(([key, name, aim]) => {
    const median = medianOf(times.map((one) => one[key]))
    return [name, median.toFixed(0), ...aimed(aim, median)]
  })
  return textTable(
    `The list in Chromium, 360 px, CPU slowed four times, medians of ${times.length}`,
    ['', 'ms', 'aim', ''],
    rows,
  )
}

const MAX_BYTES = 60_000

export function describeBytes(path: string, { document, style, script }: PageBytes): string {
  const all = document + style + script
  const kilobytes = (bytes: number) => fixed(bytes / 1000)
  const rows = [
    ['document', kilobytes(document), '', ''],
    ['style', kilobytes(style), '', ''],
    ['script', kilobytes(script), '', ''],
    ['in all', kilobytes(all), ...aimed(MAX_BYTES / 1000, all / 1000)],
  ]
  return textTable(`Bytes of ${path}, compressed by brotli as they are sent`, ['', 'KB', 'aim', ''], rows)
}

const MAX_WARM_MS = 0.3
const MAX_COLD_MS = 5

export function describeCosts(costs: Record<string, PageCost>): string {
  const rows = Object.entries(costs).flatMap(([name, { warmMicros, renderedMicros, firstMicros }]) => [
    [`${name}, kept`, milliseconds(warmMicros), ...aimed(MAX_WARM_MS, warmMicros / 1000)],
    [`${name}, rendered`, milliseconds(renderedMicros), ...aimed(MAX_COLD_MS, renderedMicros / 1000)],
    [`${name}, first request of an isolate`, milliseconds(firstMicros), '', ''],
  ])
  return textTable('CPU of workerd beyond a bare hello', ['', 'ms', 'aim', ''], rows)
}

const milliseconds = (micros: number): string => (micros / 1000).toFixed(2)

function aimed(aim: number | undefined, value: number): [aim: string, verdict: string] {
  return aim === undefined ? ['', ''] : [`<= ${aim}`, value <= aim ? 'reached' : 'missed']
}
