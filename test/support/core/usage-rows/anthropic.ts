/** Usage as Anthropic and Amazon Bedrock count it: cached tokens are counted separately. */
import { OPUS, SONAR, SONNET, type UsageRow } from './priced-models.ts'

const MESSAGE = '@anthropic-ai/sdk resources/messages/messages.d.ts Usage'
const CACHE_CREATION = '@anthropic-ai/sdk resources/messages/messages.d.ts CacheCreation'
const THINKING = '@anthropic-ai/sdk resources/messages/messages.d.ts OutputTokensDetails'
const CLAUDE_CACHING = 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching'
const CONVERSE = '@aws-sdk/client-bedrock-runtime TokenUsage'
const BEDROCK_CACHING = 'https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html'
const CACHE_DETAIL = '@aws-sdk/client-bedrock-runtime CacheDetail'

export const ANTHROPIC_ROWS: UsageRow[] = [
  { by: MESSAGE, model: SONNET, usage: { input_tokens: 2095, output_tokens: 503 }, usd: 0.01383 },
  {
    by: MESSAGE,
    model: SONNET,
    usage: {
      input_tokens: 2095,
      output_tokens: 503,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: null,
      server_tool_use: null,
      service_tier: 'standard',
    },
    usd: 0.01383,
  },
  {
    by: MESSAGE,
    model: SONNET,
    usage: { input_tokens: 1, cache_creation_input_tokens: 287, cache_read_input_tokens: 30_433, output_tokens: 67 },
    usd: 0.01121415,
  },
  {
    by: CACHE_CREATION,
    model: SONNET,
    usage: {
      input_tokens: 2048,
      cache_read_input_tokens: 1800,
      cache_creation_input_tokens: 248,
      cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
      output_tokens: 503,
    },
    usd: 0.015384,
  },
  {
    by: CACHE_CREATION,
    model: SONNET,
    usage: {
      input_tokens: 10,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 5000,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 5000 },
      output_tokens: 1,
    },
    usd: 0.030045,
  },
  {
    by: THINKING,
    model: SONNET,
    usage: { input_tokens: 100, output_tokens: 900, output_tokens_details: { thinking_tokens: 700 } },
    usd: 0.0138,
  },
  {
    by: THINKING,
    model: SONAR,
    usage: { input_tokens: 100, output_tokens: 900, output_tokens_details: { thinking_tokens: 700 } },
    usd: 0.0039,
  },
  {
    by: CLAUDE_CACHING,
    model: SONNET,
    usage: { input_tokens: 50, cache_read_input_tokens: 199_950, output_tokens: 10 },
    usd: 0.060285,
  },
  {
    by: CLAUDE_CACHING,
    model: SONNET,
    usage: { input_tokens: 50, cache_read_input_tokens: 199_951, output_tokens: 10 },
    usd: 0.1204956,
  },
  {
    by: CACHE_CREATION,
    model: SONNET,
    usage: {
      input_tokens: 1,
      cache_creation_input_tokens: 200_000,
      cache_creation: { ephemeral_5m_input_tokens: 100_000, ephemeral_1h_input_tokens: 100_000 },
      output_tokens: 10,
    },
    usd: 1.950231,
  },
  {
    by: MESSAGE,
    model: SONNET,
    usage: {
      input_tokens: 105,
      output_tokens: 6039,
      cache_read_input_tokens: 7123,
      cache_creation_input_tokens: 7345,
      server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 },
      inference_geo: 'global',
    },
    usd: 0.12058065,
  },
  {
    by: MESSAGE,
    model: OPUS,
    options: { mode: 'fast' },
    usage: {
      input_tokens: 100,
      cache_read_input_tokens: 1000,
      output_tokens: 900,
      speed: 'fast',
      service_tier: 'standard',
    },
    usd: 0.047,
  },
  {
    by: MESSAGE,
    model: OPUS,
    options: { mode: 'batch' },
    usage: { input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 900, service_tier: 'batch' },
    usd: 0.012,
  },
  {
    by: '@anthropic-ai/sdk resources/beta/messages/messages.d.ts BetaUsage.iterations',
    model: SONNET,
    usage: {
      input_tokens: 30,
      output_tokens: 20,
      iterations: [
        {
          type: 'message',
          model: 'claude-sonnet-4-5',
          input_tokens: 10,
          output_tokens: 5,
          cache_read_input_tokens: 0,
          cache_creation_input_tokens: 0,
        },
        {
          type: 'message',
          model: 'claude-sonnet-4-5',
          input_tokens: 20,
          output_tokens: 15,
          cache_read_input_tokens: 0,
          cache_creation_input_tokens: 0,
        },
      ],
    },
    usd: 0.00039,
  },
  { by: CONVERSE, model: SONNET, usage: { inputTokens: 125, outputTokens: 60, totalTokens: 185 }, usd: 0.001275 },
  {
    by: BEDROCK_CACHING,
    model: SONNET,
    usage: {
      inputTokens: 4,
      outputTokens: 100,
      totalTokens: 1735,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 1631,
    },
    usd: 0.00762825,
  },
  {
    by: BEDROCK_CACHING,
    model: SONNET,
    usage: {
      inputTokens: 4,
      outputTokens: 100,
      totalTokens: 1735,
      cacheReadInputTokens: 1631,
      cacheWriteInputTokens: 0,
      cacheReadInputTokenCount: 1631,
      cacheWriteInputTokenCount: 0,
    },
    usd: 0.0020013,
  },
  {
    by: CONVERSE,
    model: SONNET,
    usage: { inputTokens: 4, outputTokens: 100, totalTokens: 104, cacheReadInputTokens: 1631 },
    usd: 0.0020013,
  },
  {
    by: CACHE_DETAIL,
    model: SONNET,
    usage: {
      inputTokens: 10,
      outputTokens: 20,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 3000,
      cacheDetails: [
        { ttl: '1h', inputTokens: 1000 },
        { ttl: '5m', inputTokens: 2000 },
      ],
    },
    usd: 0.01383,
  },
  {
    by: CACHE_DETAIL,
    model: SONNET,
    usage: {
      inputTokens: 10,
      outputTokens: 20,
      cacheReadInputTokens: 190_000,
      cacheWriteInputTokens: 10_000,
      cacheDetails: [{ ttl: '5m', inputTokens: 10_000 }],
    },
    usd: 0.18951,
  },
]
