/** What commits cost, as tables, with the aims beside what was reached. */
import { fixed, medianOf, textTable } from '../../../src/cli/shared/table.ts'
import { ratioOf } from '../shared/measure.ts'
import { CHANGED_ROWS, type CommitCosts, type Step } from './measure-commits.ts'
import type { PartCost } from './measure-parts.ts'

interface Line {
  step: Step
  name: string
  /** The highest ratio that is wanted. */
  aim?: number
}

const LINES: Line[] = [
  { step: 'parse', name: 'JSON.parse of the body' },
  { step: 'first', name: 'the first build', aim: 12 },
  { step: 'publish', name: 'its publishing' },
  { step: 'changed', name: `${CHANGED_ROWS} changed rows of a few providers`, aim: 4 },
  { step: 'evicted', name: 'the same, after an eviction' },
  { step: 'scattered', name: `${CHANGED_ROWS} changed rows, anywhere` },
  { step: 'same', name: 'the same body again' },
  { step: 'refused', name: 'a body that is refused as too old' },
  { step: 'preview', name: 'the preview of an override', aim: 0.5 },
  { step: 'override', name: 'an override', aim: 0.5 },
]

export function describeCommitCosts(costs: CommitCosts): string {
  const rows = LINES.map(({ step, name, aim }) => {
    const ratio = ratioOf(costs[step], costs.parse)
    const verdict = aim === undefined ? ['', ''] : [`<= ${aim}`, ratio <= aim ? 'reached' : 'missed']
    return [name, fixed(medianOf(costs[step]) / 1000), ratio.toFixed(2), ...verdict]
  })
  const title = `CPU of workerd for a commit, with the request that sends it; medians of ${costs.parse.length} rounds`
  return textTable(title, ['', 'CPU ms', 'ratio', 'aim', ''], rows)
}

export function describeParts(parts: PartCost[]): string {
  const parse = parts[0]?.milliseconds ?? Number.NaN
  const ratio = (milliseconds: number): string => (milliseconds / parse).toFixed(2)
  const rows = parts.map(({ name, milliseconds, firstTime }) => [
    ...[name, fixed(milliseconds), ratio(milliseconds)],
    ...[fixed(firstTime), ratio(firstTime)],
  ])
  const title = 'The parts of a first build that need no database, on Node: compiled, and the first time'
  return textTable(title, ['', 'CPU ms', 'ratio', 'first time', 'ratio'], rows)
}
