/** A fact over time: each value from when it was first so until the next. */
import type { ModelHistory } from '../../../core/schema/history.ts'
import type { Model } from '../../../core/schema/model.ts'
import type { PricePeriod } from '../../../core/schema/price-period.ts'
import type { Pricing } from '../../../core/schema/pricing.ts'

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

type Tracked<T> = Omit<StepSeries, 'points'> & { factOf: (of: T) => number | undefined }

const PRICES: readonly Tracked<Pricing>[] = [
  { key: 'input', name: 'Input price', unit: 'usd', factOf: ({ input }) => input },
  { key: 'output', name: 'Output price', unit: 'usd', factOf: ({ output }) => output },
  { key: 'cacheRead', name: 'Cached input price', unit: 'usd', factOf: ({ cacheRead }) => cacheRead },
  { key: 'cacheWrite', name: 'Cache write price', unit: 'usd', factOf: ({ cacheWrite }) => cacheWrite },
]

const FACTS: readonly Tracked<Model>[] = [
  { key: 'index', name: 'Intelligence Index', unit: 'number', factOf: ({ metrics }) => metrics?.intelligenceIndex },
  { key: 'coding', name: 'Coding Index', unit: 'number', factOf: ({ metrics }) => metrics?.codingIndex },
  { key: 'agentic', name: 'Agentic Index', unit: 'number', factOf: ({ metrics }) => metrics?.agenticIndex },
  { key: 'epoch', name: 'Epoch index', unit: 'number', factOf: ({ metrics }) => metrics?.epochCapabilitiesIndex },
  { key: 'arena', name: 'Arena rating', unit: 'number', factOf: ({ metrics }) => metrics?.arenaText },
  { key: 'speed', name: 'Tokens per second', unit: 'number', factOf: ({ metrics }) => metrics?.outputTokensPerSecond },
  { key: 'context', name: 'Context window', unit: 'tokens', factOf: ({ metrics }) => metrics?.contextWindow },
]

/** Of every score that the model ever had. */
export function scoreSeries({ revisions }: ModelHistory): StepSeries[] {
  const states = revisions.map(({ from, model }) => ({ at: from.committedAt, of: model })).reverse()
  return seriesOf(FACTS, states)
}

/** Of every price that it ever had, up to a time. */
export function priceSeries(periods: readonly PricePeriod[], until: string): StepSeries[] {
  const begun = periods.filter(({ from }) => from <= until)
  const states = begun.flatMap((period, index) => {
    const state = { at: period.from, of: period.pricing }
    // Between periods the price is unknown.
    const isGap = period.until !== undefined && period.until <= until && period.until !== begun[index + 1]?.from
    return isGap && period.until !== undefined ? [state, { at: period.until, of: undefined }] : [state]
  })
  return seriesOf(PRICES, states)
}

function seriesOf<T>(
  tracked: readonly Tracked<T>[],
  states: readonly { at: string; of: T | undefined }[],
): StepSeries[] {
  return tracked
    .map(({ factOf, ...series }) => {
      const points = states.map(({ at, of }) => pointOf(at, of && factOf(of)))
      return { ...series, points: withoutRepeats(points) }
    })
    .filter(({ points }) => points.some(({ value }) => value !== undefined))
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
