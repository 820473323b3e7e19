/** A fact over time as a step line, with what it is now, and its numbers as a table beneath. */

import type { Fact } from '../elements/facts.tsx'
import { Heads } from '../elements/heads.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { formatDate } from '../format/dates.ts'
import { formatNumber, formatTokens, formatUsd } from '../format/numbers.ts'
import { type StepBox, stepPath } from './step-path.ts'
import type { StepSeries } from './step-series.ts'

interface ChartProps {
  series: StepSeries
  /** The times at both ends, the same for charts that stand together. */
  from: string
  until: string
}

const WIDTH = 320
const HEIGHT = 72
/** A page has no use for thousands; the API has them all. */
const MAX_ROWS = 60

export function StepChart({ series, from, until }: ChartProps) {
  const { name, points } = series
  const values = points.flatMap(({ value }) => value ?? [])
  const [low, high] = boundsOf(series.unit, values)
  const box: StepBox = { width: WIDTH, height: HEIGHT, from: Date.parse(from), until: Date.parse(until), low, high }
  const last = points.at(-1)?.value
  return (
    <figure class="chart">
      <figcaption>
        {name} <strong>{last === undefined ? 'unknown now' : written(series.unit, last)}</strong>
      </figcaption>
      <svg viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" role="img" aria-label={inWords(series)}>
        <path class="grid" d={`M0 0H${WIDTH}M0 ${HEIGHT}H${WIDTH}`} />
        <path class="line" d={stepPath(points, box)} />
      </svg>
      <p class="axis" aria-hidden="true">
        <span>{formatDate(from)}</span>
        <span>
          {written(series.unit, Math.min(...values))} to {written(series.unit, Math.max(...values))}
        </span>
        <span>{formatDate(until)}</span>
      </p>
      <details>
        <summary>{points.length} values</summary>
        <Numbers series={series} />
      </details>
    </figure>
  )
}

/** Prices from nothing, so that a half looks like a half; scores between what they were. */
function boundsOf(unit: StepSeries['unit'], values: readonly number[]): [low: number, high: number] {
  const high = Math.max(...values)
  if (unit !== 'number') return [0, high]
  const low = Math.min(...values)
  return low === high ? [0, high] : [low, high]
}

function inWords({ name, unit, points }: StepSeries): string {
  const [first, last] = [points[0], points.at(-1)]
  const wordsOf = (value: number | undefined) => (value === undefined ? 'unknown' : written(unit, value))
  if (!first || !last || points.length === 1) return `${name}: ${wordsOf(first?.value)} throughout`
  return `${name}: from ${wordsOf(first.value)} on ${formatDate(first.at)} to ${wordsOf(last.value)} on ${formatDate(last.at)}, in ${points.length} steps`
}

/** Of a series that never moved. */
export function constantFact({ name, unit, points }: StepSeries): Fact {
  const [only] = points
  return [name, only?.value === undefined ? undefined : `${written(unit, only.value)} since ${formatDate(only.at)}`]
}

function Numbers({ series: { name, unit, points } }: { series: StepSeries }) {
  return (
    <ScrollTable label={`${name} over time`}>
      <Heads titles={['From', { number: name }]} />
      <tbody>
        {points
          .slice(-MAX_ROWS)
          .reverse()
          .map(({ at, value }) => (
            <tr>
              <td>
                <time datetime={at}>{formatDate(at)}</time>
              </td>
              <td class="number">{value === undefined ? 'unknown' : written(unit, value)}</td>
            </tr>
          ))}
      </tbody>
    </ScrollTable>
  )
}

function written(unit: StepSeries['unit'], value: number): string {
  switch (unit) {
    case 'usd':
      return formatUsd(value)
    case 'tokens':
      return formatTokens(value)
    case 'number':
      return formatNumber(value)
  }
}
