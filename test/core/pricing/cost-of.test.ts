import { describe, expect, it } from 'vitest'
import { type CostOptions, costOf } from '../../../src/core/pricing/cost-of.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import {
  AUDIO,
  FREE,
  GEMINI_FLASH,
  GPT_5_5,
  NIGHTLY,
  OPUS,
  SOL,
  SONNET,
} from '../../support/core/usage-rows/priced-models.ts'

const chat = (prompt: number, completion: number, details: object = {}) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
  ...details,
})
const failureOf = (model: Pick<Model, 'billing' | 'pricing'>, usage: unknown, options?: CostOptions) => {
  const cost = costOf(model, usage, options)
  return cost.ok ? undefined : cost.failure
}

describe('costOf()', () => {
  it('returns the cost of each kind of tokens, and the origin of its price', () => {
    const cached = { prompt_tokens_details: { cached_tokens: 100_000 } }
    expect(costOf(GPT_5_5, chat(400_000, 10_000, cached))).toEqual({
      ok: true,
      value: {
        usd: 3.55,
        lines: [
          { kind: 'input', tokens: 300_000, price: 10, usd: 3, tier: 272_000 },
          { kind: 'output', tokens: 10_000, price: 45, usd: 0.45, tier: 272_000 },
          { kind: 'cacheRead', tokens: 100_000, price: 1, usd: 0.1, tier: 272_000 },
        ],
      },
    })
  })

  it('names the mode and the window of a line', () => {
    const model = {
      pricing: {
        input: 1,
        output: 4,
        modes: { fast: { input: 2, tiers: [{ above: 10, input: 3 }] } },
        windows: [{ from: '00:00', to: '12:00', prices: { output: 2 } }],
      },
    }
    expect(costOf(model, chat(11, 1), { mode: 'fast', at: '2026-10-01T00:00:00Z' })).toMatchObject({
      value: {
        lines: [
          { kind: 'input', price: 3, mode: 'fast', tier: 10 },
          { kind: 'output', price: 2, window: '00:00-12:00' },
        ],
      },
    })
  })

  it('takes a price that a tier lacks from the tier before it', () => {
    const tiers = [
      { above: 200, output: 9 },
      { above: 100, input: 2, output: 8 },
    ]
    const cost = costOf({ pricing: { input: 1, output: 4, cacheRead: 0.5, tiers } }, chat(300, 10))
    expect(cost).toMatchObject({
      value: {
        lines: [
          { price: 2, tier: 100 },
          { price: 9, tier: 200 },
        ],
      },
    })
  })

  it('rounds once, to the double nearest to the exact sum', () => {
    const pricing = { input: 0.1, output: 0.2 }
    expect(costOf({ pricing }, chat(1_000_000, 500_000))).toMatchObject({ value: { usd: 0.2 } })
    expect(costOf({ pricing: { input: 0.1, output: 0.7 } }, chat(3_000_000, 1_000_000))).toMatchObject({
      value: { usd: 1 },
    })
    expect(costOf({ pricing: { input: 1e-7, output: 1e12 } }, chat(1, 1))).toMatchObject({
      value: { usd: 1_000_000 },
    })
  })

  it('lists keys that are not part of the sum, each by its shortest unknown path', () => {
    const extra = {
      cost: 0.95,
      cost_details: { upstream: { prompt: 1, completion: 2 } },
      is_byok: false,
      nothing: null,
      prompt_tokens_details: { cached_tokens: 0, note: 'warm' },
    }
    expect(costOf(GPT_5_5, chat(10, 1, extra))).toMatchObject({
      value: { ignored: ['cost', 'cost_details', 'is_byok', 'prompt_tokens_details.note'] },
    })
    expect(costOf(GPT_5_5, chat(10, 1))).not.toHaveProperty('value.ignored')
  })

  it('costs nothing if nothing was used', () => {
    expect(costOf({}, chat(0, 0))).toEqual({ ok: true, value: { usd: 0, lines: [] } })
  })

  it('costs nothing if the model is free, for any kind of tokens', () => {
    const usage = chat(10, 1, { prompt_tokens_details: { cached_tokens: 5, audio_tokens: 1 } })
    expect(costOf(FREE, usage)).toMatchObject({ value: { usd: 0, lines: [{}, {}, { kind: 'cacheRead', price: 0 }] } })
    expect(failureOf({ pricing: { input: 0, output: 0 } }, usage)).toMatchObject({ kind: 'cacheRead' })
    expect(failureOf({ billing: 'free', pricing: { input: 1 } }, usage)).toMatchObject({ code: 'unknown-price' })
  })

  it('has prices for a plan only if they are known', () => {
    expect(failureOf({ billing: 'plan' }, chat(10, 1))).toMatchObject({ code: 'included-in-plan' })
    expect(costOf({ billing: 'plan', pricing: { input: 1, output: 1 } }, chat(10, 1))).toMatchObject({ ok: true })
  })
})

describe('costOf() with assumeInputPriceForCache', () => {
  const model = { pricing: { input: 3, output: 15, cacheWrite: 3.75 } }
  const usage = { input_tokens: 10, output_tokens: 0, cache_read_input_tokens: 100, cache_creation_input_tokens: 20 }

  it('prices cached tokens of an unknown price as input, and reports it', () => {
    expect(costOf(model, usage, { assumeInputPriceForCache: true })).toMatchObject({
      value: {
        usd: 0.000405,
        lines: [
          { kind: 'input', tokens: 10, price: 3 },
          { kind: 'cacheRead', tokens: 100, price: 3, assumed: 'input' },
          { kind: 'cacheWrite', tokens: 20, price: 3.75 },
        ],
      },
    })
  })

  it('is off by default', () => {
    expect(failureOf(model, usage)).toEqual({
      code: 'unknown-price',
      kind: 'cacheRead',
      detail: 'Cannot price usage: the price "cacheRead" of 100 tokens is unknown',
    })
  })

  it('assumes nothing if the input price is unknown', () => {
    const cached = { ...usage, input_tokens: 0 }
    const options = { assumeInputPriceForCache: true }
    expect(failureOf({ pricing: { output: 1 } }, cached, options)).toMatchObject({ code: 'unknown-price' })
  })
})

const PRIORITY: Pick<Model, 'pricing'> = {
  pricing: {
    ...{ input: 5, output: 30 },
    modes: { fast: { input: 12.5, output: 75, request: { body: { service_tier: 'priority' } } } },
  },
}

describe('costOf() of usage with too many fields', () => {
  it('reads no more fields than any API has', () => {
    const extra = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, 0]))
    expect(failureOf(SONNET, { input_tokens: 1, output_tokens: 1, ...extra })).toEqual({
      code: 'unreadable-usage',
      detail: 'Cannot price usage: it has more than 2000 fields',
    })
    const some = Object.fromEntries(Object.entries(extra).slice(0, 500))
    expect(costOf(SONNET, { input_tokens: 1, output_tokens: 1, ...some })).toMatchObject({ ok: true })
  })
})

describe('costOf() of a mode', () => {
  it.each([
    ['that the model does not have', GPT_5_5, chat(10, 1), 'slow'],
    ['of an inherited name', GPT_5_5, chat(10, 1), 'constructor'],
    ['of a model without modes', SONNET, chat(10, 1), 'fast'],
    ['without any price', SOL, chat(10, 1), 'pro'],
    ["without tiers, above the base's lowest", GPT_5_5, chat(272_001, 1), 'fast'],
  ])('%s is unknown', (_, model, usage, mode) => {
    expect(failureOf(model, usage, { mode })).toMatchObject({ code: 'unknown-mode', mode })
  })

  it('that has prices only in its tiers is unknown below them', () => {
    const model = { pricing: { input: 1, output: 1, modes: { long: { tiers: [{ above: 100, input: 2 }] } } } }
    expect(failureOf(model, chat(100, 1), { mode: 'long' })).toMatchObject({ code: 'unknown-mode' })
    expect(costOf(model, chat(101, 0), { mode: 'long' })).toMatchObject({ value: { usd: 0.000202 } })
  })

  it.each([
    ['priority', { input_tokens: 1, output_tokens: 1, service_tier: 'priority' }],
    ['batch" and "fast', { input_tokens: 1, output_tokens: 1, speed: 'fast', service_tier: 'batch' }],
    ['ON_DEMAND_FLEX', { promptTokenCount: 1, candidatesTokenCount: 1, trafficType: 'ON_DEMAND_FLEX' }],
    ['PROVISIONED_THROUGHPUT', { promptTokenCount: 1, candidatesTokenCount: 1, trafficType: 'PROVISIONED_THROUGHPUT' }],
  ])(
    'is required if the usage states that it was served as "%s", which no single mode of the model matches',
    (served, usage) => {
      expect(failureOf(OPUS, usage)).toMatchObject({ code: 'mode-needed', served })
      expect(failureOf(OPUS, usage, { mode: 'fast' })).toBeUndefined()
    },
  )

  it.each([
    ['its name', OPUS, { input_tokens: 1e6, output_tokens: 0, service_tier: 'batch' }, 'batch', 2.5],
    ['its name in another case', OPUS, { input_tokens: 1e6, output_tokens: 0, service_tier: 'Batch' }, 'batch', 2.5],
    ['another key', OPUS, { input_tokens: 1e6, output_tokens: 0, speed: 'fast', service_tier: 'standard' }, 'fast', 10],
    ['what to send', PRIORITY, { ...chat(1e6, 0), service_tier: 'priority' }, 'fast', 12.5],
  ])('is found from how the usage states that it was served, by %s', (_, model, usage, mode, usd) => {
    const line = { kind: 'input', tokens: 1e6, price: usd, usd, mode }
    expect(costOf(model, usage)).toMatchObject({ ok: true, value: { usd, lines: [line] } })
  })

  it('given by name takes precedence over how the request was served', () => {
    const usage = { input_tokens: 1e6, output_tokens: 0, service_tier: 'batch' }
    expect(costOf(OPUS, usage, { mode: 'fast' })).toMatchObject({ ok: true, value: { usd: 10 } })
  })
})

describe('costOf() of prices by the time of day', () => {
  it.each([undefined, '2026-10-02', '2026-10-02T23:00:00', 'now', new Date(Number.NaN)])(
    'needs an instant, not %s',
    (at) => {
      expect(failureOf(NIGHTLY, chat(10, 1), { at })).toMatchObject({ code: 'time-needed' })
    },
  )

  it.each(['2026-10-02T23:00:00Z', '2026-10-03T01:00:00+02:00', new Date('2026-10-02T23:00:00Z')])(
    'accepts %s',
    (at) => {
      expect(costOf(NIGHTLY, chat(1_000_000, 0), { at })).toMatchObject({ value: { usd: 0.5 } })
    },
  )
})

describe('costOf() of usage that cannot be priced', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['text', 'prompt_tokens'],
    ['a list', [1, 2]],
    ['an empty object', {}],
    ['the whole response', { usage: chat(1, 1) }],
    ['AI SDK 4', { promptTokens: 10, completionTokens: 1 }],
    ['a fraction', chat(1.5, 1)],
    ['a negative number', { prompt_tokens: -1, completion_tokens: 1 }],
    ['a number as text', { prompt_tokens: '10', completion_tokens: 1 }],
    ['not a number', { prompt_tokens: Number.NaN, completion_tokens: 1 }],
    ['an impossibly large number', { prompt_tokens: 1e16, completion_tokens: 1 }],
    [
      'a negative number next to another of the same modality',
      {
        promptTokenCount: 9,
        candidatesTokenCount: 1,
        promptTokensDetails: [
          { modality: 'AUDIO', tokenCount: -1 },
          { modality: 'AUDIO', tokenCount: 5 },
        ],
      },
    ],
    ['nesting that is too deep', chat(1, 1, { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } })],
  ])('refuses %s as unreadable', (_, usage) => {
    expect(failureOf(AUDIO, usage)).toMatchObject({ code: 'unreadable-usage' })
  })

  it.each([
    ['inputTokens', { inputTokens: undefined, outputTokens: 5 }],
    ['outputTokens', { inputTokens: 5, outputTokens: undefined, totalTokens: undefined }],
    ['completion_tokens', { prompt_tokens: 5, total_tokens: 9 }],
    ['prompt_tokens_details.smell_tokens', chat(10, 1, { prompt_tokens_details: { smell_tokens: 3 } })],
    ['citation_tokens', chat(10, 1, { citation_tokens: 3 })],
    ['cache_read_input_tokens', chat(10, 1, { cache_read_input_tokens: 3 })],
    ['tool_tokens', chat(10, 1, { tool_tokens: '3' })],
    [
      'input_tokens_details.image_tokens',
      { input_tokens: 9, output_tokens: 1, input_tokens_details: { image_tokens: 3 }, total_tokens: 10 },
    ],
    [
      'candidatesTokensDetails.IMAGE.tokenCount',
      {
        promptTokenCount: 9,
        candidatesTokenCount: 1290,
        candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1290 }],
      },
    ],
    [
      'cacheDetails.1d.inputTokens',
      { inputTokens: 9, outputTokens: 1, cacheWriteInputTokens: 3, cacheDetails: [{ ttl: '1d', inputTokens: 3 }] },
    ],
    [
      'iterations.compaction.input_tokens',
      {
        input_tokens: 9,
        output_tokens: 1,
        iterations: [
          { type: 'message', input_tokens: 9, output_tokens: 1 },
          { type: 'compaction', input_tokens: 500, output_tokens: 50 },
        ],
      },
    ],
    ['dark_tokens', { inputTokens: 9, outputTokens: 1, dark_tokens: 3, raw: { input_tokens: 9, output_tokens: 1 } }],
    ['dark_tokens', { inputTokens: 9, outputTokens: 1, raw: { input_tokens: 9, output_tokens: 1, dark_tokens: 3 } }],
  ])('names %s as unknown', (key, usage) => {
    expect(failureOf(SONNET, usage)).toMatchObject({ code: 'unknown-tokens', key })
  })

  it('accepts unknown keys without tokens', () => {
    const usage = chat(10, 1, { dark_tokens: 0, light_tokens: null, tokens_note: 'none', tokens_known: true })
    expect(costOf(SONNET, usage)).toMatchObject({
      ok: true,
      value: { ignored: ['dark_tokens', 'tokens_note', 'tokens_known'] },
    })
  })

  it.each([
    ['more cached tokens than the prompt has', chat(10, 1, { prompt_tokens_details: { cached_tokens: 11 } })],
    [
      'more reasoning than output',
      { input_tokens: 10, output_tokens: 5, output_tokens_details: { thinking_tokens: 6 } },
    ],
    ['a total that is too high', { ...chat(10, 1), total_tokens: 12 }],
    ['a total that is too low', { ...chat(10, 1), total_tokens: 9 }],
    ['two numbers of cached tokens', chat(10, 1, { cached_tokens: 3, prompt_cache_hit_tokens: 4 })],
    ['misses that do not add up', chat(10, 1, { prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 5 })],
    ['fresh tokens that do not add up', { inputTokens: 10, outputTokens: 1, inputTokenDetails: { noCacheTokens: 4 } }],
    [
      'no fresh tokens, and none that are cached',
      { inputTokens: 10, outputTokens: 1, inputTokenDetails: { noCacheTokens: 0, cacheReadTokens: 0 } },
    ],
    [
      'writes kept for no time',
      {
        input_tokens: 1,
        output_tokens: 1,
        cache_creation_input_tokens: 9,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      },
    ],
    [
      'text that does not add up',
      { inputTokens: 10, outputTokens: 9, outputTokenDetails: { textTokens: 4, reasoningTokens: 4 } },
    ],
    ['AI SDK 5 input without its cached tokens', { inputTokens: 4, cachedInputTokens: 1800, outputTokens: 1 }],
    [
      'AI SDK 5 of Bedrock, whose cache writes show in the total alone',
      { inputTokens: 4, outputTokens: 100, totalTokens: 1735, cachedInputTokens: 0 },
    ],
    [
      'writes that do not add up',
      {
        input_tokens: 1,
        output_tokens: 1,
        cache_creation_input_tokens: 9,
        cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 4 },
      },
    ],
  ])('refuses %s as unclear', (_, usage) => {
    expect(failureOf(SONNET, usage)).toMatchObject({ code: 'unclear-usage' })
  })

  it('refuses cached audio whose price is uncertain', () => {
    const details = { prompt_tokens_details: { cached_tokens: 400, audio_tokens: 600 } }
    expect(failureOf(GEMINI_FLASH, chat(1000, 10, details))).toMatchObject({ code: 'unclear-usage' })
    expect(failureOf(SONNET, chat(1000, 10, details))).toBeUndefined()
    const known = {
      promptTokenCount: 1000,
      cachedContentTokenCount: 400,
      candidatesTokenCount: 10,
      promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 1000 }],
      cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 400 }],
    }
    expect(failureOf(GEMINI_FLASH, known)).toMatchObject({ code: 'unknown-price', kind: 'cachedAudio' })
  })
})
