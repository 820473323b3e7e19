/** The tokens of one request as each API reports them: the inverse of the readers. */

/** Counts that do not overlap. */
export interface TokenCounts {
  fresh: number
  cacheRead: number
  cacheWrite: number
  cacheWrite1h: number
  audioIn: number
  text: number
  reasoning: number
  audioOut: number
}

type Shape = (spent: TokenCounts) => object

const promptOf = ({ fresh, cacheRead, cacheWrite, cacheWrite1h, audioIn }: TokenCounts) =>
  fresh + cacheRead + cacheWrite + cacheWrite1h + audioIn
const outputOf = ({ text, reasoning, audioOut }: TokenCounts) => text + reasoning + audioOut

const chat: Shape = (spent) => ({
  prompt_tokens: promptOf(spent),
  completion_tokens: outputOf(spent),
  total_tokens: promptOf(spent) + outputOf(spent),
  prompt_tokens_details: {
    cached_tokens: spent.cacheRead,
    cache_write_tokens: spent.cacheWrite,
    audio_tokens: spent.audioIn,
  },
  completion_tokens_details: { reasoning_tokens: spent.reasoning, audio_tokens: spent.audioOut },
})

const chatWithReasoningApart: Shape = (spent) => ({
  ...chat(spent),
  completion_tokens: outputOf(spent) - spent.reasoning,
})

const response: Shape = (spent) => ({
  input_tokens: promptOf(spent),
  input_tokens_details: { cached_tokens: spent.cacheRead, cache_write_tokens: spent.cacheWrite },
  output_tokens: outputOf(spent),
  output_tokens_details: { reasoning_tokens: spent.reasoning },
  total_tokens: promptOf(spent) + outputOf(spent),
})

const message: Shape = (spent) => ({
  input_tokens: spent.fresh,
  cache_read_input_tokens: spent.cacheRead,
  cache_creation_input_tokens: spent.cacheWrite + spent.cacheWrite1h,
  cache_creation: { ephemeral_5m_input_tokens: spent.cacheWrite, ephemeral_1h_input_tokens: spent.cacheWrite1h },
  output_tokens: outputOf(spent),
  output_tokens_details: { thinking_tokens: spent.reasoning },
  service_tier: 'standard',
})

const gemini: Shape = (spent) => ({
  promptTokenCount: promptOf(spent),
  cachedContentTokenCount: spent.cacheRead,
  candidatesTokenCount: outputOf(spent) - spent.reasoning,
  thoughtsTokenCount: spent.reasoning,
  totalTokenCount: promptOf(spent) + outputOf(spent),
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: promptOf(spent) - spent.audioIn },
    { modality: 'AUDIO', tokenCount: spent.audioIn },
  ],
  cacheTokensDetails: [{ modality: 'TEXT', tokenCount: spent.cacheRead }],
  candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: spent.audioOut }],
})

const converse: Shape = (spent) => ({
  inputTokens: spent.fresh,
  outputTokens: outputOf(spent),
  totalTokens: promptOf(spent) + outputOf(spent),
  cacheReadInputTokens: spent.cacheRead,
  cacheWriteInputTokens: spent.cacheWrite + spent.cacheWrite1h,
  cacheDetails: [
    { ttl: '1h', inputTokens: spent.cacheWrite1h },
    { ttl: '5m', inputTokens: spent.cacheWrite },
  ],
})

const aiSdk5: Shape = (spent) => ({
  inputTokens: promptOf(spent),
  outputTokens: outputOf(spent),
  totalTokens: promptOf(spent) + outputOf(spent),
  reasoningTokens: spent.reasoning,
  cachedInputTokens: spent.cacheRead,
})

const aiSdk6: Shape = (spent) => ({
  ...aiSdk5(spent),
  inputTokenDetails: {
    noCacheTokens: spent.fresh,
    cacheReadTokens: spent.cacheRead,
    cacheWriteTokens: spent.cacheWrite,
  },
  outputTokenDetails: { textTokens: spent.text, reasoningTokens: spent.reasoning },
  raw: undefined,
})

/** Its own counts do not state how long a cache write is kept, but the provider's counts do. */
const aiSdk6WithRaw: Shape = (spent) => ({
  ...aiSdk6({ ...spent, cacheWrite: spent.cacheWrite + spent.cacheWrite1h, cacheWrite1h: 0 }),
  raw: message(spent),
})

/** The counts that an API has no key for, or cannot distinguish from others. */
export const SHAPES: [name: string, shape: Shape, without: (keyof TokenCounts)[]][] = [
  ['chat completions', chat, ['cacheWrite1h', 'audioIn']],
  ['chat completions without cache', chat, ['cacheRead', 'cacheWrite', 'cacheWrite1h']],
  ['chat completions, reasoning apart', chatWithReasoningApart, ['cacheWrite1h', 'audioIn']],
  ['responses', response, ['cacheWrite1h', 'audioIn', 'audioOut']],
  ['messages', message, ['audioIn', 'audioOut']],
  ['Gemini', gemini, ['cacheWrite', 'cacheWrite1h']],
  ['Converse', converse, ['audioIn', 'audioOut', 'reasoning']],
  ['AI SDK 5', aiSdk5, ['cacheWrite', 'cacheWrite1h', 'audioIn', 'audioOut']],
  ['AI SDK 6', aiSdk6, ['cacheWrite1h', 'audioIn', 'audioOut']],
  ['AI SDK 6 with raw usage', aiSdk6WithRaw, ['audioIn', 'audioOut']],
]
