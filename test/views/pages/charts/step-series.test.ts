import { describe, expect, it } from 'vitest'
import type { ModelHistory } from '../../../../src/core/schema/history.ts'
import type { Model } from '../../../../src/core/schema/model.ts'
import { seriesOf } from '../../../../src/views/pages/charts/step-series.ts'
import { model } from '../../../support/rows.ts'

/** Newest first, as the registry has them; without a model it was gone. */
function history(...revisions: [day: number, facts: Partial<Model> | undefined][]): ModelHistory {
  const list = revisions.map(([day, facts]) => ({
    from: { committedAt: `2026-01-0${day}T00:00:00.000Z` },
    changes: [],
    ...(facts && { model: model(facts) }),
  }))
  return { provider: 'acme', value: 'one', revisions: list } as unknown as ModelHistory // as far as series look
}

describe('seriesOf()', () => {
  it('keeps what moved, oldest first, and nothing before it was known', () => {
    const series = seriesOf(
      history([4, { pricing: { input: 2 } }], [3, { pricing: { input: 3 } }], [2, { pricing: { input: 3 } }], [1, {}]),
    )
    expect(series.map(({ key }) => key)).toEqual(['input'])
    expect(series[0]?.points).toEqual([
      { at: '2026-01-02T00:00:00.000Z', value: 3 },
      { at: '2026-01-04T00:00:00.000Z', value: 2 },
    ])
  })

  it('has a gap where the model was gone', () => {
    const series = seriesOf(history([3, { pricing: { input: 3 } }], [2, undefined], [1, { pricing: { input: 3 } }]))
    expect(series[0]?.points.map(({ value }) => value)).toEqual([3, undefined, 3])
  })
})
