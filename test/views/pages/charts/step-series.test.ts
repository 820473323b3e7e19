import { describe, expect, it } from 'vitest'
import type { ModelHistory } from '../../../../src/core/schema/history.ts'
import type { Model } from '../../../../src/core/schema/model.ts'
import { priceSeries, scoreSeries } from '../../../../src/views/pages/charts/step-series.ts'
import { model } from '../../../support/rows.ts'

/** Revisions, newest first as in the registry. A revision without facts is one while the model was removed. */
function history(...revisions: [day: number, facts: Partial<Model> | undefined][]): ModelHistory {
  const list = revisions.map(([day, facts]) => ({
    from: { committedAt: `2026-01-0${day}T00:00:00.000Z` },
    changes: [],
    ...(facts && { model: model(facts) }),
  }))
  return { provider: 'acme', value: 'one', revisions: list } as unknown as ModelHistory // with the members that a series reads
}

describe('scoreSeries()', () => {
  it('keeps changes, oldest first, and nothing before the first known value', () => {
    const metrics = (intelligenceIndex: number) => ({ metrics: { intelligenceIndex } })
    const series = scoreSeries(history([4, metrics(2)], [3, metrics(3)], [2, metrics(3)], [1, {}]))
    expect(series.map(({ key }) => key)).toEqual(['index'])
    expect(series[0]?.points).toEqual([
      { at: '2026-01-02T00:00:00.000Z', value: 3 },
      { at: '2026-01-04T00:00:00.000Z', value: 2 },
    ])
  })

  it('has a gap while the model was removed', () => {
    const metrics = { arenaText: 1300 }
    const series = scoreSeries(history([3, { metrics }], [2, undefined], [1, { metrics }]))
    expect(series[0]?.points.map(({ value }) => value)).toEqual([1300, undefined, 1300])
  })
})

describe('priceSeries()', () => {
  const period = (from: string, until: string | undefined, input: number) =>
    ({ from, ...(until && { until }), pricing: { input }, basis: 'observed' }) as const

  it('has a gap between periods, and nothing from the future', () => {
    const periods = [period('2026-01', '2026-02', 3), period('2026-03', '2026-05', 2), period('2026-05', undefined, 1)]
    expect(priceSeries(periods, '2026-04')[0]?.points).toEqual([
      { at: '2026-01', value: 3 },
      { at: '2026-02' },
      { at: '2026-03', value: 2 },
    ])
  })
})
