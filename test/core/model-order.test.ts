import { describe, expect, it } from 'vitest'
import { compareModels } from '../../src/core/model-order.ts'

describe('compareModels()', () => {
  it('orders by provider first', () => {
    expect(compareModels({ provider: 'a', value: 'z' }, { provider: 'b', value: 'a' })).toBeLessThan(0)
    expect(compareModels({ provider: 'a', value: 'z' }, { provider: 'a', value: 'y' })).toBeGreaterThan(0)
    expect(compareModels({ provider: 'a', value: 'z' }, { provider: 'a', value: 'z' })).toBe(0)
  })
})
