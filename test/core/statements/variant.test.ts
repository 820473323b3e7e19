import { describe, expect, it } from 'vitest'
import { variantOf } from '../../../src/core/statements/variant.ts'

describe('variantOf()', () => {
  it.each([
    ['gpt-5-5', 'GPT-5.5 (xhigh)', { value: 'gpt-5-5-xhigh', effort: 'xhigh' }],
    ['gpt-5-5-low', 'GPT-5.5 (low)', { value: 'gpt-5-5-low', effort: 'low' }],
    ['claude', 'Claude (Non-reasoning)', { value: 'claude-non-reasoning', effort: 'none' }],
    ['claude-Non-Reasoning', 'Claude (Non-Reasoning)', { value: 'claude-Non-Reasoning', effort: 'none' }],
    ['claude', 'Claude (Non-reasoning, High Effort)', { value: 'claude-non-reasoning', effort: 'none' }],
    ['claude', 'Claude (Adaptive Reasoning, Max Effort)', { value: 'claude-max', effort: 'max' }],
    ['claude', 'Claude (Reasoning) (high)', { value: 'claude-high', effort: 'high' }],
    ['claude-xhigh', 'Claude (high)', { value: 'claude-xhigh-high', effort: 'high' }],
  ])('reads the effort of "%s", named "%s"', (slug, name, variant) => {
    expect(variantOf(slug, name)).toEqual(variant)
  })

  it.each([
    ['claude', 'Claude (Reasoning)'],
    ['claude', 'Claude (Thinking)'],
    ['gpt-4o', "GPT-4o (Nov '24)"],
    ['claude', 'Claude (high, Preview)'],
    ['glm-high', 'GLM High'],
    ['empty', 'Empty ()'],
  ])('does not change the slug "%s", named "%s", which states no effort', (slug, name) => {
    expect(variantOf(slug, name)).toEqual({ value: slug })
  })
})
