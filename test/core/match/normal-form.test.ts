import { describe, expect, it } from 'vitest'
import { normalFormOf } from '../../../src/core/match/normal-form.ts'

const keyOf = (text: string): string => normalFormOf(text, 'acme').key

describe('normalFormOf()', () => {
  it.each([
    ['case and separators', 'GPT-4.1 mini', 'gpt-4-1_mini'],
    ['the order of words', 'claude-4-5-sonnet', 'claude-sonnet-4-5'],
    ['the order of words around a size', 'Qwen2.5 Instruct 72B', 'qwen2-5-72b-instruct'],
    ['a digit right after a word', 'Qwen 3 14B', 'qwen3-14b'],
    ['a maker before a slash', 'z-ai/glm-4.5', 'GLM 4.5'],
    ['a maker before a dot', 'amazon.nova-lite-v1:0', 'Nova Lite'],
    ["the provider's own name at the beginning", 'Acme Rocket 2', 'rocket-2'],
    ['a trailing .0', 'Nova 2.0 Lite', 'nova-2-lite'],
    ['a trailing v1', 'nova-2-lite-v1', 'Nova 2 Lite'],
    ['a build number', 'gemini-2.0-flash-001', 'gemini-2.0-flash'],
    ['a date', 'claude-haiku-4-5-20251001', 'Claude Haiku 4.5 (latest)'],
    ['an effort', 'GPT-5.5 (xhigh)', 'gpt-5.5'],
    ['what it says of reasoning', 'Qwen3 Next 80B A3B (Reasoning)', 'qwen3-next-80b-a3b-thinking'],
    ['a plus', 'Command A+', 'command-a-plus'],
    ['a size below one', 'Qwen3 0.6B', 'qwen3-0-6b'],
    ['accents', 'Acmé Röcket', 'acme-rocket'],
  ])('is the same whatever %s', (_, a, b) => {
    expect(keyOf(a)).toBe(keyOf(b))
  })

  it.each([
    ['gpt-5', 'gpt-5-mini'],
    ['gpt-5-mini', 'gpt-5-nano'],
    ['grok-4', 'grok-4-fast'],
    ['gemini-3-pro', 'gemini-3-pro-preview'],
    ['qwen3-235b-a22b', 'qwen3-vl-235b-a22b'],
    ['gemma-3-4b', 'gemma-4-3b'],
    ['glm-4.5', 'glm-4.5v'],
    ['gpt-4', 'gpt-4o'],
    ['qwen3-6b', 'qwen3-0.6b'],
    ['qwen3.5-8b', 'qwen3.5-0.8b'],
    ['gpt-5.1', 'gpt-1.5'],
    ['grok-4.20', 'grok-4.2'],
    ['rocket-0', 'rocket'],
    ['hermes-4-llama-3.1', 'llama-4-hermes-3.1'],
    ['Command A', 'Command A+'],
    ['nemotron-super-49b-v1', 'nemotron-super-49b-v1.5'],
  ])('tells "%s" from "%s"', (a, b) => {
    expect(keyOf(a)).not.toBe(keyOf(b))
  })

  it.each([
    ['GPT-5.5 (xhigh)', { says: 'reasoning', inName: false }],
    ['GPT-5.5 (Non-reasoning, High Effort)', { says: 'non-reasoning', inName: false }],
    ['Kimi K2 Thinking', { says: 'reasoning', inName: true }],
    ['grok-4-fast-non-reasoning', { says: 'non-reasoning', inName: true }],
    ['gemini-2.5-flash-nothinking', undefined],
    ['Flash (No Thinking)', { says: 'non-reasoning', inName: false }],
    ['gemma-3-12b-it', { says: 'instruct', inName: true }],
    ['qwen-plus:thinking', { says: 'reasoning', inName: true }],
    ['Fable (Adaptive Reasoning, Opus Fallback)', { says: 'reasoning', inName: false }],
    ['GPT-5', undefined],
  ])('reads what "%s" says of reasoning', (text, mode) => {
    expect(normalFormOf(text, 'acme').mode).toEqual(mode)
  })

  it('knows ids that are a makeshift', () => {
    expect(normalFormOf('rocket-latest', 'acme').makeshift).toBe(true)
    expect(normalFormOf('rocket-2:free', 'acme').makeshift).toBe(true)
    expect(normalFormOf('rocket-2:thinking', 'acme').makeshift).toBe(false)
    expect(normalFormOf('rocket-v1:0', 'acme').makeshift).toBe(false)
  })

  it.each(['acme', 'Thinking', '', '!', 'latest'])('gives "%s" no key that other texts share by accident', (text) => {
    expect(keyOf(text)).toBe(text.toLowerCase())
  })
})
