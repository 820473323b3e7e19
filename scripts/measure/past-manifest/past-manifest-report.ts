/** What a past manifest costs, as a table of its steps and of the floors that follow from them. */
import { medianOf, textTable } from '../../../src/cli/shared/table.ts'
import type { Rounds } from '../bench/measure-rounds.ts'
import type { Step } from './measure-past-manifest.ts'

/** Each is of an object that does nothing else, and all but the first and the last answer with a number. */
const LINES: [name: string, steps: Step[]][] = [
  ['as many bytes from memory', ['bytes']],
  ['SHA-256 of them', ['hash']],
  ['its rows found, and not read', ['find']],
  ['the same rows as texts', ['texts']],
  ['the same rows, joined by provider in SQLite', ['join']],
  ['as many bytes, stored as one value for each provider', ['parts']],
  ['the floor of rows: joined and sent', ['bytes', 'join']],
  ['the floor of values: read and sent', ['bytes', 'parts']],
  ['a past manifest of the registry, of values', ['registry']],
]

export function describePastManifest(measured: Rounds<Step>): string {
  const base = measured.bytes
  const rows = LINES.map(([name, steps]) => {
    const sums = base.map((_, round) => steps.reduce((sum, step) => sum + (measured[step][round] ?? Number.NaN), 0))
    const ratio = medianOf(sums.map((sum, round) => sum / (base[round] ?? Number.NaN)))
    return [name, (medianOf(sums) / 1000).toFixed(2), ratio.toFixed(2)]
  })
  const title = `CPU of workerd for a past manifest, medians of ${base.length} rounds`
  return textTable(title, ['', 'ms', 'ratio'], rows)
}
