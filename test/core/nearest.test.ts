import { describe, expect, it } from 'vitest'
import { nearestTo } from '../../src/core/nearest.ts'

describe('nearestTo()', () => {
  it.each([
    ['capabilty', 'capability'],
    ['OPENAI', 'openai'],
    ['opneai', 'openai'],
    ['statsu', 'status'],
    ['limits', 'limit'],
    ['q', undefined],
    ['unrelated', undefined],
    ['', undefined],
    ['x'.repeat(81), undefined],
  ])('resolves "%s" to %s', (text, nearest) => {
    expect(nearestTo(text, ['capability', 'openai', 'status', 'limit', 'x', 'x'.repeat(81)])).toBe(nearest)
  })

  it('returns the first of those equally near', () => {
    expect(nearestTo('gpt-5', ['gpt-4', 'gpt-6'])).toBe('gpt-4')
    expect(nearestTo('gpt-5', ['gpt-66', 'gpt-6'])).toBe('gpt-6')
  })
})
