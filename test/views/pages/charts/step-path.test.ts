import { describe, expect, it } from 'vitest'
import { stepPath } from '../../../../src/views/pages/charts/step-path.ts'

const box = { width: 100, height: 50, from: 0, until: 100, low: 0, high: 10 }
const at = (time: number) => new Date(time).toISOString()

describe('stepPath()', () => {
  it('is flat from each value to the next, and to the end', () => {
    const points = [
      { at: at(0), value: 10 },
      { at: at(50), value: 5 },
    ]
    expect(stepPath(points, box)).toBe('M0 0H50V25H100')
  })

  it('has a gap where the value is unknown', () => {
    const points = [{ at: at(0), value: 10 }, { at: at(20) }, { at: at(60), value: 0 }]
    expect(stepPath(points, box)).toBe('M0 0H20M60 50H100')
  })

  it('draws a single value in the middle if there is no range', () => {
    expect(stepPath([{ at: at(0), value: 7 }], { ...box, low: 7, high: 7 })).toBe('M0 25H100')
  })
})
