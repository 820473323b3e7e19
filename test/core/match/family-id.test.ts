import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutDateOrLatest } from '../../../src/core/match/family-id.ts'

describe('withoutDateOrLatest()', () => {
  it.each([
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['claude-sonnet-4-5-20250929-thinking', 'claude-sonnet-4-5-thinking'],
    ['claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
    ['gpt-4o-2024-05-13', 'gpt-4o'],
    ['20250101-model', 'model'],
    ['claude-3-7-sonnet-latest', 'claude-3-7-sonnet'],
    ['gemini-flash-latest:thinking', 'gemini-flash:thinking'],
    ['model-latest-20250101', 'model'],
  ])('shortens %s to %s', (id, rest) => {
    expect(withoutDateOrLatest(id)).toBe(rest)
  })

  it.each([
    'mistral-small-2506',
    'deepseek-v4-pro-0813',
    'command-a-03-2025',
    'glm-5-2-260617',
    'model-20251301',
    'model-2025-02-32',
    'model-120250101',
    'latest',
    '20250101',
  ])('does not change %s', (id) => {
    expect(withoutDateOrLatest(id)).toBe(id)
  })

  it('is idempotent, and never returns an empty id', () => {
    const part = fc.constantFrom('gpt', '-', '20250101', '2025-01-01', '-latest', '@', ':', '1', '.', '_')
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const once = withoutDateOrLatest(parts.join(''))
        expect(once).not.toBe('')
        expect(withoutDateOrLatest(once)).toBe(once)
      }),
    )
  })
})
