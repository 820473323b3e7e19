import { describe, expect, it } from 'vitest'
import { effortOf, familyOf } from '../../../src/core/match/family.ts'

describe('familyOf() and effortOf()', () => {
  it.each([
    ['GPT-5.5', 'gpt-5-5', undefined],
    ['GPT-5.5 (xhigh)', 'gpt-5-5', 'xhigh'],
    ['GPT-5.5 (Non-reasoning)', 'gpt-5-5', 'none'],
    ['Claude Opus 4.8 (Adaptive Reasoning, Max Effort)', 'claude-opus-4-8', 'max'],
    ['Claude Opus 4.8 (Non-reasoning, High Effort)', 'claude-opus-4-8', 'none'],
    ['Claude Opus 4.8 (Reasoning)', 'claude-opus-4-8', undefined],
    ['Qwen3 (THINKING, LOW)', 'qwen3', 'low'],
    ['Model (Minimal effort)', 'model', 'minimal'],
    ['Model (none)', 'model', 'none'],
    ['Solar Pro 2 (Preview) (Non-Reasoning)', 'solar-pro-2-preview', 'none'],
    ["Gemini 2.5 Flash Preview (Sep '25) (Reasoning)", 'gemini-2-5-flash-preview-sep-25', undefined],
    ['Big (high) Two', 'big-two', 'high'],
  ])('of "%s" are %s and %s', (name, family, effort) => {
    expect(familyOf(name, 'value')).toBe(family)
    expect(effortOf(name)).toBe(effort)
  })

  it.each([
    ["GPT-4o (May '24)", 'gpt-4o-may-24'],
    ['GPT-4o (Preview)', 'gpt-4o-preview'],
    ['GPT-4o (high, Preview)', 'gpt-4o-high-preview'],
    [
      'Fable (Adaptive Reasoning, Max Effort, Opus 4.8 Fallback)',
      'fable-adaptive-reasoning-max-effort-opus-4-8-fallback',
    ],
    ['Model (high-end)', 'model-high-end'],
    ['Model (high,)', 'model-high'],
    ['Model ()', 'model'],
    ['Model high', 'model-high'],
    ['Model (high', 'model-high'],
  ])('take no part of "%s" for an effort', (name, family) => {
    expect(effortOf(name)).toBeUndefined()
    expect(familyOf(name, 'value')).toBe(family)
  })

  it('keep models apart that only a plus tells apart', () => {
    expect(familyOf('Command A+', 'v')).toBe('command-a-plus')
    expect(familyOf('Command A', 'v')).toBe('command-a')
  })

  it('fall back on the value where nothing of the name is left for a slug', () => {
    expect(familyOf('(high)', 'acme-high')).toBe('acme-high')
    expect(familyOf('通义', 'tongyi')).toBe('tongyi')
  })
})
