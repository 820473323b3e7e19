import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/core/pricing/cost-of.ts'
import { AI_SDK_ROWS } from '../../support/core/usage-rows/ai-sdk.ts'
import { ANTHROPIC_ROWS } from '../../support/core/usage-rows/anthropic.ts'
import { GEMINI_ROWS } from '../../support/core/usage-rows/gemini.ts'
import { OPENAI_ROWS } from '../../support/core/usage-rows/openai.ts'
import { OPENAI_HOST_ROWS } from '../../support/core/usage-rows/openai-hosts.ts'

const ROWS = [...OPENAI_ROWS, ...OPENAI_HOST_ROWS, ...ANTHROPIC_ROWS, ...GEMINI_ROWS, ...AI_SDK_ROWS]

describe('costOf() of usage as each API defines it', () => {
  it.each(ROWS)('$by: $usage costs $usd', ({ usage, model, options, usd }) => {
    expect(costOf(model, usage, options)).toMatchObject({ ok: true, value: { usd } })
  })
})

describe('the table of usages', () => {
  const lines = ROWS.flatMap(({ usage, model, options }) => {
    const cost = costOf(model, usage, options)
    return cost.ok ? cost.value.lines : []
  })

  it('has at least 60 rows, each with the page or the type that defines its counts', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(60)
    for (const { by } of ROWS) expect(by).toMatch(/^(https:\/\/\S+|@?[\w./-]+( [\w./,@-]+)+)$/)
  })

  it.each([
    ['OpenAI chat', 'CompletionUsage'],
    ['OpenAI responses', 'ResponseUsage'],
    ['OpenAI embeddings', 'CreateEmbeddingResponse'],
    ['Anthropic', 'messages.d.ts Usage'],
    ['Gemini', 'GenerateContentResponseUsageMetadata'],
    ['Bedrock Converse', 'TokenUsage'],
    ['OpenRouter', 'ChatUsage'],
    ['AI SDK 5', 'LanguageModelV2Usage'],
    ['AI SDK 6', 'LanguageModelUsage'],
  ])('has rows of %s', (_, type) => {
    expect(ROWS.filter(({ by }) => by.includes(type)).length).toBeGreaterThan(0)
  })

  it.each(['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'reasoning', 'inputAudio', 'outputAudio'])(
    'has rows with %s',
    (kind) => {
      expect(lines.some((line) => line.kind === kind)).toBe(true)
    },
  )

  it('has rows of tiers, modes and windows, and of the same models without them', () => {
    for (const origin of ['tier', 'mode', 'window'] as const) {
      expect(lines.some((line) => line[origin] !== undefined)).toBe(true)
      expect(lines.some((line) => line[origin] === undefined)).toBe(true)
    }
  })
})
