import { describe, expect, it } from 'vitest'
import { paretoFront } from '../../../../src/views/pages/charts/pareto-front.ts'

describe('paretoFront()', () => {
  const points = [
    { x: 1, y: 10 },
    { x: 2, y: 9 },
    { x: 3, y: 20 },
    { x: 3, y: 15 },
    { x: 9, y: 20 },
    { x: 10, y: 30 },
  ]

  it('keeps points that are not dominated if less is better', () => {
    expect(paretoFront(points, 'low')).toEqual([
      { x: 1, y: 10 },
      { x: 3, y: 20 },
      { x: 10, y: 30 },
    ])
  })

  it('keeps points that are not dominated if more is better', () => {
    expect(paretoFront(points, 'high')).toEqual([{ x: 10, y: 30 }])
    expect(paretoFront([...points, { x: 20, y: 5 }], 'high')).toEqual([
      { x: 10, y: 30 },
      { x: 20, y: 5 },
    ])
  })

  it('is empty if there are no points', () => {
    expect(paretoFront([], 'low')).toEqual([])
  })
})
