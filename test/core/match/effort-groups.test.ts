import { describe, expect, it } from 'vitest'
import { withoutEffortEnding, withoutEffortGroups } from '../../../src/core/match/effort-groups.ts'

describe('withoutEffortGroups()', () => {
  it.each([
    ['GPT-5.5 (xhigh)', 'GPT-5.5'],
    ['GPT-5.4 mini (Non-Reasoning)', 'GPT-5.4 mini'],
    ['Claude Opus 5 (Adaptive Reasoning, Max Effort)', 'Claude Opus 5'],
    ['Solar Pro 2 (Preview) (Non-reasoning) ', 'Solar Pro 2 (Preview)'],
    ["GPT-4o (Nov '24)", "GPT-4o (Nov '24)"],
    ['Kimi K2 Thinking', 'Kimi K2 Thinking'],
  ])('shortens %s to %s', (name, rest) => {
    expect(withoutEffortGroups(name)).toBe(rest)
  })
})

describe('withoutEffortEnding()', () => {
  it.each([
    ['gpt-5-5-low', 'GPT-5.5 (low)', 'gpt-5-5'],
    ['gpt-5-5', 'GPT-5.5 (xhigh)', 'gpt-5-5'],
    [
      'claude-sonnet-4-6-non-reasoning-low-effort',
      'Claude Sonnet 4.6 (Non-reasoning, Low Effort)',
      'claude-sonnet-4-6',
    ],
    ['gpt-5-1-codex-max', 'GPT-5.1 Codex Max (max)', 'gpt-5-1-codex-max'],
    ['kimi-k2-thinking', 'Kimi K2 Thinking', 'kimi-k2-thinking'],
  ])('shortens %s of %s to %s', (slug, name, rest) => {
    expect(withoutEffortEnding(slug, name)).toBe(rest)
  })
})
