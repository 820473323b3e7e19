/**
 * How each API defines its counts: which key holds which number, and which numbers include which. A path names a member
 * of a list by its `modality`, `ttl` or `type`. Several paths for one number are alternative names for the same tokens.
 */

export interface UsageApi {
  /** Input tokens. A usage with this key may be from this API. */
  input: string
  output: string
  total?: string
  /** Whether `input` excludes tokens read from the cache or written to it. */
  cacheApart?: boolean
  /** Whether `output` excludes reasoning. If there is a total, the total decides instead. */
  reasoningApart?: boolean
  /** More input that `input` excludes. */
  moreInput?: string[]
  cacheRead: string[]
  /** All tokens written to the cache. */
  cacheWrite?: string[]
  cacheWrite5m?: string[]
  cacheWrite1h?: string[]
  /** Tokens neither read from the cache nor written to it. */
  fresh?: string
  inputAudio?: string[]
  cachedAudio?: string[]
  reasoning: string[]
  /** Output without reasoning. */
  answer?: string
  outputAudio?: string[]
  /** Prefixes of paths whose tokens are already part of other numbers, at the same price. */
  included?: string[]
}

const PROMPT = 'prompt_tokens_details.'
const COMPLETION = 'completion_tokens_details.'

export const USAGE_APIS: UsageApi[] = [
  // OpenAI chat completions and embeddings; also OpenRouter, DeepSeek, Moonshot and xAI. xAI counts reasoning
  // separately.
  {
    input: 'prompt_tokens',
    output: 'completion_tokens',
    total: 'total_tokens',
    cacheRead: [`${PROMPT}cached_tokens`, 'prompt_cache_hit_tokens', 'cached_tokens'],
    cacheWrite: [`${PROMPT}cache_write_tokens`],
    fresh: 'prompt_cache_miss_tokens',
    inputAudio: [`${PROMPT}audio_tokens`],
    reasoning: [`${COMPLETION}reasoning_tokens`],
    outputAudio: [`${COMPLETION}audio_tokens`],
    included: [
      `${PROMPT}text_tokens`,
      `${PROMPT}image_tokens`,
      `${PROMPT}video_tokens`,
      `${COMPLETION}text_tokens`,
      `${COMPLETION}accepted_prediction_tokens`,
      `${COMPLETION}rejected_prediction_tokens`,
    ],
  },
  // Anthropic messages. The sums include iterations of the model itself, but not those of compactions and advisors.
  {
    input: 'input_tokens',
    output: 'output_tokens',
    cacheApart: true,
    cacheRead: ['cache_read_input_tokens'],
    cacheWrite: ['cache_creation_input_tokens'],
    cacheWrite5m: ['cache_creation.ephemeral_5m_input_tokens'],
    cacheWrite1h: ['cache_creation.ephemeral_1h_input_tokens'],
    reasoning: ['output_tokens_details.thinking_tokens'],
    included: ['iterations.message.'],
  },
  // OpenAI responses.
  {
    input: 'input_tokens',
    output: 'output_tokens',
    total: 'total_tokens',
    cacheRead: ['input_tokens_details.cached_tokens'],
    cacheWrite: ['input_tokens_details.cache_write_tokens'],
    reasoning: ['output_tokens_details.reasoning_tokens'],
  },
  // Gemini `usageMetadata`. Generated images and videos have their own prices, which are unknown here.
  {
    input: 'promptTokenCount',
    output: 'candidatesTokenCount',
    total: 'totalTokenCount',
    reasoningApart: true,
    moreInput: ['toolUsePromptTokenCount'],
    cacheRead: ['cachedContentTokenCount'],
    inputAudio: ['promptTokensDetails.AUDIO.tokenCount'],
    cachedAudio: ['cacheTokensDetails.AUDIO.tokenCount'],
    reasoning: ['thoughtsTokenCount'],
    outputAudio: ['candidatesTokensDetails.AUDIO.tokenCount'],
    included: [
      'initialPromptTokenCount',
      ...['promptTokensDetails.', 'cacheTokensDetails.', 'toolUsePromptTokensDetails.'].flatMap((list) =>
        ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'MODALITY_UNSPECIFIED'].map((modality) => list + modality),
      ),
      'candidatesTokensDetails.TEXT',
      'candidatesTokensDetails.MODALITY_UNSPECIFIED',
    ],
  },
  // AI SDK 5 and 6. In version 5, some providers count reasoning separately.
  {
    input: 'inputTokens',
    output: 'outputTokens',
    total: 'totalTokens',
    cacheRead: ['inputTokenDetails.cacheReadTokens', 'cachedInputTokens'],
    cacheWrite: ['inputTokenDetails.cacheWriteTokens'],
    fresh: 'inputTokenDetails.noCacheTokens',
    reasoning: ['outputTokenDetails.reasoningTokens', 'reasoningTokens'],
    answer: 'outputTokenDetails.textTokens',
  },
  // Amazon Bedrock Converse.
  {
    input: 'inputTokens',
    output: 'outputTokens',
    total: 'totalTokens',
    cacheApart: true,
    cacheRead: ['cacheReadInputTokens', 'cacheReadInputTokenCount'],
    cacheWrite: ['cacheWriteInputTokens', 'cacheWriteInputTokenCount'],
    cacheWrite5m: ['cacheDetails.5m.inputTokens'],
    cacheWrite1h: ['cacheDetails.1h.inputTokens'],
    reasoning: [],
  },
  // OpenRouter's record of a generation: native tokens are billed; the others are from one tokenizer for all models.
  {
    input: 'native_tokens_prompt',
    output: 'native_tokens_completion',
    cacheRead: ['native_tokens_cached'],
    reasoning: ['native_tokens_reasoning'],
    included: ['tokens_prompt', 'tokens_completion'],
  },
]
