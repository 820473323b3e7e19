import { describe, expect, it } from 'vitest'
import { effortsIn, isEffortGroup } from '../../../src/core/statements/effort-group.ts'

describe('a group of a name', () => {
  it.each([
    ['xhigh', ['xhigh']],
    ['Non-reasoning, High Effort', ['none', 'high']],
    ['Adaptive Reasoning, Max Effort', ['max']],
    ['Reasoning', []],
    ['thinking', []],
  ])('(%s) is about reasoning, and names %j', (inside, efforts) => {
    expect(isEffortGroup(inside)).toBe(true)
    expect(effortsIn(inside)).toEqual(efforts)
  })

  it.each(['Preview', 'high, Preview', 'effort', ''])('(%s) is part of the name', (inside) => {
    expect(isEffortGroup(inside)).toBe(false)
    expect(effortsIn(inside)).toEqual([])
  })
})
