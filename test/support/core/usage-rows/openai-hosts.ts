/** Usage of hosts with the chat completions API, and prices that depend on the time. */
import { DEEPSEEK, FREE, GEMINI_FLASH, GROK, NIGHTLY, SONNET, type UsageRow } from './priced-models.ts'

const OPENROUTER = '@openrouter/sdk models/chatusage.d.ts ChatUsage'
const DEEPSEEK_API = 'https://api-docs.deepseek.com/api/create-chat-completion'
const CHAT = 'openai resources/completions.d.ts CompletionUsage'

export const OPENAI_HOST_ROWS: UsageRow[] = [
  {
    by: OPENROUTER,
    model: SONNET,
    usage: {
      prompt_tokens: 194,
      completion_tokens: 2,
      total_tokens: 196,
      prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 100, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
      cost: 0.95,
      cost_details: { upstream_inference_cost: 19 },
    },
    usd: 0.000687,
  },
  {
    by: OPENROUTER,
    model: GEMINI_FLASH,
    usage: {
      prompt_tokens: 1000,
      completion_tokens: 10,
      total_tokens: 1010,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 200, video_tokens: 300 },
    },
    usd: 0.000465,
  },
  {
    by: '@openrouter/sdk models/generationresponse.d.ts',
    model: GROK,
    usage: {
      native_tokens_prompt: 900,
      native_tokens_completion: 120,
      native_tokens_reasoning: 100,
      native_tokens_cached: 800,
      native_tokens_completion_images: 0,
      tokens_prompt: 870,
      tokens_completion: 110,
      total_cost: 0.01,
    },
    usd: 0.0027,
  },
  {
    by: 'https://docs.x.ai/developers/advanced-api-usage/prompt-caching/usage-and-pricing',
    model: GROK,
    usage: {
      prompt_tokens: 125,
      completion_tokens: 48,
      total_tokens: 173,
      prompt_tokens_details: { text_tokens: 125, audio_tokens: 0, image_tokens: 0, cached_tokens: 98 },
      completion_tokens_details: {
        reasoning_tokens: 0,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
      cost_in_usd_ticks: 37_756_000,
    },
    usd: 0.0008745,
  },
  {
    by: '@ai-sdk/xai convertXaiChatUsage',
    model: GROK,
    usage: {
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 246,
      completion_tokens_details: { reasoning_tokens: 205 },
    },
    usd: 0.003306,
  },
  {
    by: DEEPSEEK_API,
    model: DEEPSEEK,
    options: { at: '2026-10-10T02:00:00Z' },
    usage: {
      prompt_tokens: 1000,
      completion_tokens: 200,
      total_tokens: 1200,
      prompt_tokens_details: { cached_tokens: 768 },
      completion_tokens_details: { reasoning_tokens: 150 },
      prompt_cache_hit_tokens: 768,
      prompt_cache_miss_tokens: 232,
    },
    usd: 0.000553344,
  },
  {
    by: DEEPSEEK_API,
    model: DEEPSEEK,
    options: { at: '2026-09-30T02:00:00Z' },
    usage: {
      prompt_tokens: 1000,
      completion_tokens: 200,
      total_tokens: 1200,
      prompt_cache_hit_tokens: 768,
      prompt_cache_miss_tokens: 232,
    },
    usd: 0.001106688,
  },
  {
    by: DEEPSEEK_API,
    model: DEEPSEEK,
    options: { at: '2026-10-01T02:00:00Z' },
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    usd: 0.001056,
  },
  {
    by: DEEPSEEK_API,
    model: DEEPSEEK,
    options: { at: '2026-09-30T03:59:59.999Z' },
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    usd: 0.002112,
  },
  {
    by: DEEPSEEK_API,
    model: DEEPSEEK,
    options: { at: '2026-09-30T04:00:00Z' },
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    usd: 0.001056,
  },
  {
    by: DEEPSEEK_API,
    model: DEEPSEEK,
    options: { at: '2026-09-30T17:00:00+08:00' },
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    usd: 0.002112,
  },
  {
    by: CHAT,
    model: NIGHTLY,
    options: { at: '2026-10-02T23:00:00Z' },
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    usd: 0.0013,
  },
  {
    by: CHAT,
    model: NIGHTLY,
    options: { at: '2026-10-03T05:59:00Z' },
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    usd: 0.0013,
  },
  {
    by: CHAT,
    model: NIGHTLY,
    options: { at: '2026-10-02T05:00:00Z' },
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    usd: 0.0018,
  },
  {
    by: CHAT,
    model: NIGHTLY,
    options: { at: '2026-12-26T05:00:00Z' },
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    usd: 0.0018,
  },
  {
    by: CHAT,
    model: FREE,
    usage: {
      prompt_tokens: 1000,
      completion_tokens: 200,
      total_tokens: 1200,
      prompt_tokens_details: { cached_tokens: 512 },
    },
    usd: 0,
  },
]
