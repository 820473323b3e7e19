import { describe, expect, it } from 'vitest'
import { linearScale, logScale } from '../../../../src/views/pages/charts/scale.ts'

describe('logScale()', () => {
  it('places equal ratios at equal distances, inside its bounds', () => {
    const { place } = logScale([0.1, 100], [0, 1000])
    expect(place(1) - place(0.1)).toBeCloseTo(place(10) - place(1))
    expect(place(0.1)).toBeGreaterThan(0)
    expect(place(100)).toBeLessThan(1000)
  })

  it('has ticks at ones and threes', () => {
    expect(logScale([0.1, 10], [0, 100]).ticks).toEqual([0.1, 0.3, 1, 3, 10])
  })

  it('has a place for a single value', () => {
    expect(logScale([5], [0, 100]).place(5)).toBeCloseTo(50)
  })
})

describe('linearScale()', () => {
  it('has ticks at round values inside its bounds', () => {
    expect(linearScale([120, 158], [500, 0]).ticks).toEqual([120, 130, 140, 150, 160])
    expect(linearScale([7, 7], [500, 0]).place(7)).toBeCloseTo(250)
  })
})
