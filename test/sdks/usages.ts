/**
 * Usage in the types of the SDKs, with every key present. A new key in an SDK does not compile here, and a key that
 * holds tokens and is not priced fails in the test that prices these.
 */
import type { Message } from '@anthropic-ai/sdk/resources/messages'
import type { ConverseResponse } from '@aws-sdk/client-bedrock-runtime'
import { type GenerateContentResponse, MediaModality, TrafficType } from '@google/genai'
import type { LanguageModelUsage } from 'ai'
import type { LanguageModelUsage as LanguageModelUsage5 } from 'ai-5'
import type { ChatCompletion } from 'openai/resources/chat/completions'
import type { CreateEmbeddingResponse } from 'openai/resources/embeddings'
import type { Response } from 'openai/resources/responses/responses'

/** Makes every key required and neither null nor undefined. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Whole<NonNullable<T[Key]>> }
    : T

const chat: Whole<NonNullable<ChatCompletion['usage']>> = {
  prompt_tokens: 1000,
  completion_tokens: 500,
  total_tokens: 1500,
  prompt_tokens_details: { audio_tokens: 0, cached_tokens: 400, cache_write_tokens: 100 },
  completion_tokens_details: {
    ...{ accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
    ...{ audio_tokens: 50, reasoning_tokens: 200 },
  },
}
const embeddings: Whole<CreateEmbeddingResponse['usage']> = { prompt_tokens: 1000, total_tokens: 1000 }
const response: Whole<NonNullable<Response['usage']>> = {
  input_tokens: 1000,
  input_tokens_details: { cached_tokens: 400, cache_write_tokens: 100 },
  output_tokens: 500,
  output_tokens_details: { reasoning_tokens: 200 },
  total_tokens: 1500,
}
const message: Whole<Message['usage']> = {
  input_tokens: 500,
  cache_read_input_tokens: 400,
  cache_creation_input_tokens: 100,
  cache_creation: { ephemeral_5m_input_tokens: 60, ephemeral_1h_input_tokens: 40 },
  output_tokens: 500,
  output_tokens_details: { thinking_tokens: 200 },
  server_tool_use: { web_search_requests: 1, web_fetch_requests: 1 },
  service_tier: 'standard',
  speed: 'standard',
  inference_geo: 'global',
}
const gemini: Whole<NonNullable<GenerateContentResponse['usageMetadata']>> = {
  promptTokenCount: 1000,
  initialPromptTokenCount: 0,
  cachedContentTokenCount: 400,
  toolUsePromptTokenCount: 30,
  candidatesTokenCount: 300,
  thoughtsTokenCount: 200,
  totalTokenCount: 1530,
  promptTokensDetails: [{ modality: MediaModality.TEXT, tokenCount: 1000 }],
  cacheTokensDetails: [{ modality: MediaModality.TEXT, tokenCount: 400 }],
  toolUsePromptTokensDetails: [{ modality: MediaModality.TEXT, tokenCount: 30 }],
  candidatesTokensDetails: [{ modality: MediaModality.AUDIO, tokenCount: 50 }],
  trafficType: TrafficType.ON_DEMAND,
}
const converse: Whole<NonNullable<ConverseResponse['usage']>> = {
  inputTokens: 500,
  outputTokens: 500,
  totalTokens: 1500,
  cacheReadInputTokens: 400,
  cacheWriteInputTokens: 100,
  cacheDetails: [
    { ttl: '5m', inputTokens: 60 },
    { ttl: '1h', inputTokens: 40 },
  ],
}
const aiSdk6: Whole<LanguageModelUsage> = {
  inputTokens: 1000,
  inputTokenDetails: { noCacheTokens: 500, cacheReadTokens: 400, cacheWriteTokens: 100 },
  outputTokens: 500,
  outputTokenDetails: { textTokens: 300, reasoningTokens: 200 },
  totalTokens: 1500,
  reasoningTokens: 200,
  cachedInputTokens: 400,
  raw: {},
}
const aiSdk5: Whole<LanguageModelUsage5> = {
  inputTokens: 1000,
  outputTokens: 500,
  totalTokens: 1500,
  reasoningTokens: 200,
  cachedInputTokens: 400,
}

export const USAGES = { chat, embeddings, response, message, gemini, converse, aiSdk6, aiSdk5 }
