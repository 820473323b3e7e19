/** The cost of commits as tables, with the targets next to the results. */
import { fixed, medianOf, textTable } from '../../../src/cli/shared/table.ts'
import { ratioOf } from '../shared/measure.ts'
import { CHANGED_ROWS, type CommitCosts, type Step } from './measure-commits.ts'
import type { FloorCosts, FloorStep } from './measure-floor.ts'
import type { PartCost } from './measure-parts.ts'

interface Line {
  step: Step
  name: string
  /** The target: the highest acceptable ratio. */
  aim?: number
}

const LINES: Line[] = [
  { step: 'parse', name: 'JSON.parse of the body' },
  { step: 'first', name: 'the first build', aim: 12 },
  { step: 'publish', name: 'its publishing' },
  { step: 'changed', name: `${CHANGED_ROWS} changed rows of a few providers`, aim: 4 },
  { step: 'evicted', name: 'the same, after the first eviction' },
  { step: 'evicted again', name: 'the same, after another one' },
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

const FLOOR_LINES: [step: FloorStep, name: string][] = [
  ['transfer', 'a body that crosses to an object'],
  ['parse', 'JSON.parse of it there'],
  ['hash', 'SHA-256 of it'],
  ['insert', 'its rows as entities and revisions, inserted into SQLite'],
  ['change', `${CHANGED_ROWS} of them changed`],
]

/** A first build writes every row, and hashes the parts too, which are about as long; another commit those that changed. */
const FLOORS: [name: string, steps: FloorStep[]][] = [
  ['the floor of a first build', ['transfer', 'parse', 'hash', 'hash', 'insert']],
  [`the floor of ${CHANGED_ROWS} changed rows`, ['transfer', 'parse', 'hash', 'change']],
]

export function describeFloor(floor: FloorCosts, { parse }: Pick<CommitCosts, 'parse'>): string {
  const sumOf = (steps: FloorStep[]): number => steps.reduce((sum, step) => sum + medianOf(floor[step]), 0)
  const lines = [...FLOOR_LINES.map(([step, name]): [string, FloorStep[]] => [name, [step]]), ...FLOORS]
  const rows = lines.map(([name, steps]) => {
    const micros = sumOf(steps)
    return [name, fixed(micros / 1000), (micros / medianOf(parse)).toFixed(2)]
  })
  return textTable('What no code can save of it: a bare object, medians of its rounds', ['', 'CPU ms', 'ratio'], rows)
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
