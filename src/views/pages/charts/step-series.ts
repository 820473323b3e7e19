/** A fact over time, as the history has it: each value from when it was first so until the next. */
import type { ModelHistory } from '../../../core/schema/history.ts'
import type { Model } from '../../../core/schema/model.ts'

export interface StepPoint {
  /** When it became so, in UTC. */
  at: string
  /** Absent where it was unknown or the model was gone. */
  value?: number
}

export interface StepSeries {
  key: string
  name: string
  /** How its values are written. */
  unit: 'usd' | 'tokens' | 'number'
  /** Oldest first; neighbours differ. */
  points: StepPoint[]
}

type FactOf = (model: Model) => number | undefined

const TRACKED: readonly (Omit<StepSeries, 'points'> & { factOf: FactOf })[] = [
  { key: 'input', name: 'Input price', unit: 'usd', factOf: ({ pricing }) => pricing?.input },
  { key: 'output', name: 'Output price', unit: 'usd', factOf: ({ pricing }) => pricing?.output },
  { key: 'cacheRead', name: 'Cached input price', unit: 'usd', factOf: ({ pricing }) => pricing?.cacheRead },
  { key: 'cacheWrite', name: 'Cache write price', unit: 'usd', factOf: ({ pricing }) => pricing?.cacheWrite },
  { key: 'index', name: 'Intelligence Index', unit: 'number', factOf: ({ metrics }) => metrics?.intelligenceIndex },
  { key: 'coding', name: 'Coding Index', unit: 'number', factOf: ({ metrics }) => metrics?.codingIndex },
  { key: 'agentic', name: 'Agentic Index', unit: 'number', factOf: ({ metrics }) => metrics?.agenticIndex },
  { key: 'epoch', name: 'Epoch index', unit: 'number', factOf: ({ metrics }) => metrics?.epochCapabilitiesIndex },
  { key: 'arena', name: 'Arena rating', unit: 'number', factOf: ({ metrics }) => metrics?.arenaText },
  { key: 'speed', name: 'Tokens per second', unit: 'number', factOf: ({ metrics }) => metrics?.outputTokensPerSecond },
  { key: 'context', name: 'Context window', unit: 'tokens', factOf: ({ metrics }) => metrics?.contextWindow },
]

/** Of every price and score that the model ever had. */
export function seriesOf({ revisions }: ModelHistory): StepSeries[] {
  const oldestFirst = revisions.toReversed()
  return TRACKED.map(({ factOf, ...series }) => {
    const points = oldestFirst.map(({ from, model }) => pointOf(from.committedAt, model && factOf(model)))
    return { ...series, points: withoutRepeats(points) }
  }).filter(({ points }) => points.some(({ value }) => value !== undefined))
}

function pointOf(at: string, value: number | undefined): StepPoint {
  return value === undefined ? { at } : { at, value }
}

function withoutRepeats(points: readonly StepPoint[]): StepPoint[] {
  const changed = points.filter(({ value }, index) => index === 0 || value !== points[index - 1]?.value)
  // Before it was first known there is nothing to draw.
  return changed.slice(
    Math.max(
      changed.findIndex(({ value }) => value !== undefined),
      0,
    ),
  )
}
