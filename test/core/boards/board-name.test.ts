import { describe, expect, it } from 'vitest'
import { readBoardName } from '../../../src/core/boards/board-name.ts'

describe('readBoardName()', () => {
  it.each([
    ['GPT-4o (Nov 2024)', '2024-11', 'GPT-4o'],
    ['Claude 3.5 Sonnet (October 2024)', '2024-10', 'Claude 3.5 Sonnet'],
    ['Gemini 1.5 Pro (Sept 2024)', '2024-09', 'Gemini 1.5 Pro'],
    ['DeepSeek-V2 (MoE-236B, May 2024)', '2024-05', 'DeepSeek-V2'],
    ['gpt-4o-2024-11-20', '2024-11-20', 'gpt-4o-2024-11-20'],
    ['claude-opus-4-5-20251101', '2025-11-01', 'claude-opus-4-5-20251101'],
    ['Qwen 3.5 Plus (hosted 397B-A17B)', undefined, 'Qwen 3.5 Plus (hosted 397B-A17B)'],
    ['grok-4-0709', undefined, 'grok-4-0709'],
  ])('reads the edition of %s', (name, date, text) => {
    expect(readBoardName(name)).toEqual({ readings: [{ text }], ...(date !== undefined && { date }) })
  })

  it.each([
    ['claude-opus-5-max', 'claude-opus-5', 'max'],
    ['Claude Opus 5.5 (High)', 'Claude Opus 5.5', 'high'],
    ['muse-spark-1.2 (xHigh)', 'muse-spark-1.2', 'xhigh'],
    ['claude-opus-4-5-20251101-high-32k', 'claude-opus-4-5-20251101', 'high'],
    ['gemini-3-flash (thinking-minimal)', 'gemini-3-flash', 'minimal'],
    ['claude-sonnet-4-20250514-thinking-32k', 'claude-sonnet-4-20250514', 'reasoning'],
    ['qwen3-235b-a22b-no-thinking', 'qwen3-235b-a22b', 'reasoning'],
    ['mimo-v2-flash (non-thinking)', 'mimo-v2-flash', 'reasoning'],
  ])('reads the setting of %s, after the whole name', (name, text, setting) => {
    expect(readBoardName(name).readings).toEqual([{ text: name }, { text, setting }])
  })
})
