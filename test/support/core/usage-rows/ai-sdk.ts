/** Usage as the AI SDK counts it, versions 5 and 6. */
import { AUDIO, SONAR, SONNET, type UsageRow } from './priced-models.ts'

const VERSION_5 = '@ai-sdk/provider 2 LanguageModelV2Usage'
const VERSION_6 = 'ai 6 LanguageModelUsage'

export const AI_SDK_ROWS: UsageRow[] = [
  {
    by: VERSION_5,
    model: SONNET,
    usage: { inputTokens: 20_212, cachedInputTokens: 16_298, outputTokens: 931 },
    usd: 0.0305964,
  },
  {
    by: VERSION_5,
    model: SONNET,
    usage: {
      inputTokens: 100,
      outputTokens: 50,
      totalTokens: 150,
      reasoningTokens: undefined,
      cachedInputTokens: undefined,
    },
    usd: 0.00105,
  },
  {
    by: VERSION_5,
    model: SONAR,
    usage: { inputTokens: 100, outputTokens: 50, totalTokens: 150, reasoningTokens: 30 },
    usd: 0.00045,
  },
  {
    by: '@ai-sdk/google 2 totalTokenCount',
    model: SONAR,
    usage: { inputTokens: 100, outputTokens: 50, totalTokens: 180, reasoningTokens: 30 },
    usd: 0.00069,
  },
  {
    by: VERSION_6,
    model: SONNET,
    usage: {
      inputTokens: 4740,
      inputTokenDetails: { noCacheTokens: 5, cacheReadTokens: 0, cacheWriteTokens: 4735 },
      outputTokens: 255,
    },
    usd: 0.02159625,
  },
  {
    by: VERSION_6,
    model: SONNET,
    usage: {
      inputTokens: 1000,
      inputTokenDetails: { noCacheTokens: 100, cacheReadTokens: 700, cacheWriteTokens: 200 },
      outputTokens: 90,
      outputTokenDetails: { textTokens: 60, reasoningTokens: 30 },
      totalTokens: 1090,
      reasoningTokens: 30,
      cachedInputTokens: 700,
    },
    usd: 0.00261,
  },
  {
    by: VERSION_6,
    model: SONNET,
    usage: {
      inputTokens: 1000,
      inputTokenDetails: { noCacheTokens: undefined, cacheReadTokens: undefined, cacheWriteTokens: undefined },
      outputTokens: 90,
      outputTokenDetails: { textTokens: undefined, reasoningTokens: undefined },
      totalTokens: 1090,
    },
    usd: 0.00435,
  },
  {
    by: VERSION_6,
    model: SONNET,
    usage: {
      inputTokens: 200_001,
      inputTokenDetails: { noCacheTokens: 1, cacheReadTokens: 200_000, cacheWriteTokens: 0 },
      outputTokens: 90,
    },
    usd: 0.122031,
  },
  {
    by: 'ai 6 LanguageModelUsage.raw, @anthropic-ai/sdk resources/messages/messages.d.ts CacheCreation',
    model: SONNET,
    usage: {
      inputTokens: 5010,
      inputTokenDetails: { noCacheTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 5000 },
      outputTokens: 1,
      raw: {
        input_tokens: 10,
        cache_creation_input_tokens: 5000,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 5000 },
        output_tokens: 1,
      },
    },
    usd: 0.030045,
  },
  {
    by: 'ai 6 LanguageModelUsage.raw, openai resources/completions.d.ts CompletionUsage',
    model: AUDIO,
    usage: {
      inputTokens: 1000,
      inputTokenDetails: { noCacheTokens: 1000, cacheReadTokens: 0 },
      outputTokens: 600,
      raw: {
        prompt_tokens: 1000,
        completion_tokens: 600,
        total_tokens: 1600,
        prompt_tokens_details: { audio_tokens: 400 },
        completion_tokens_details: { audio_tokens: 500 },
      },
    },
    usd: 0.0101,
  },
  {
    by: 'ai 6 LanguageModelUsage.raw',
    model: SONNET,
    usage: { inputTokens: 10, outputTokens: 1, raw: { billed_units: { input: 10 } } },
    usd: 0.000045,
  },
]
