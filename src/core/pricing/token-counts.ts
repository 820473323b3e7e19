/**
 * Counts the tokens of one request, in the same terms for every API. Numbers that contradict each other are refused,
 * because the difference would be priced wrongly or not at all. Pure.
 */
import type { UsageApi } from './usage-apis.ts'
import type { UsageFields } from './usage-fields.ts'

/** Counts overlap only where a comment states it. */
export interface TokenCounts {
  /** Tokens neither read from a cache nor written to one. */
  input: number
  /** The part of `input` that is audio. */
  inputAudio: number
  /** Whether audio tokens may also be cached ones: `inputAudio` is then an upper bound. */
  audioMayBeCached: boolean
  cacheRead: number
  /** The part of `cacheRead` that is audio, if the API states it. */
  cachedAudio: number
  /** Kept for five minutes, or for the API's default duration. */
  cacheWrite: number
  cacheWrite1h: number
  /** All generated tokens. */
  output: number
  /** The part of `output` that is reasoning. */
  reasoning: number
  /** The part of `output` that is audio. */
  outputAudio: number
}

type Of<Keys extends keyof TokenCounts> = Pick<TokenCounts, Keys>

/** All tokens of the prompt, which decide the price tier. */
export function promptTokensOf(counts: Of<'input' | 'cacheRead' | 'cacheWrite' | 'cacheWrite1h'>): number {
  return counts.input + counts.cacheRead + counts.cacheWrite + counts.cacheWrite1h
}

export function countTokens(api: UsageApi, fields: UsageFields): TokenCounts {
  const given = fields.count([api.input]) ?? fields.missing(api.input)
  const cached = countCached(api, fields)
  const ofCache = promptTokensOf({ input: 0, ...cached })
  const fresh = api.cacheApart ? given : fields.without(api.input, given, ofCache)
  fields.expect(api.fresh, fresh)
  const input = fresh + (fields.count(api.moreInput) ?? 0)
  const audio = countAudio(api, fields, given, ofCache)
  return { input, ...cached, ...audio, ...countOutput(api, fields, input + ofCache, given) }
}

function countCached(api: UsageApi, fields: UsageFields): Of<'cacheRead' | 'cacheWrite' | 'cacheWrite1h'> {
  const short = fields.count(api.cacheWrite5m)
  const long = fields.count(api.cacheWrite1h)
  const cacheWrite1h = long ?? 0
  const parts = cacheWrite1h + (short ?? 0)
  const written = fields.count(api.cacheWrite) ?? parts
  if ((short ?? long) !== undefined && parts !== written)
    fields.unclear(
      `${written} tokens were written to the cache, but the counts for five minutes and for an hour add up to ${parts}`,
    )
  return { cacheRead: fields.count(api.cacheRead) ?? 0, cacheWrite: Math.max(0, written - cacheWrite1h), cacheWrite1h }
}

/** If an API does not break down its cached tokens, some of them may be audio. */
function countAudio(
  { input, inputAudio, cachedAudio }: UsageApi,
  fields: UsageFields,
  given: number,
  ofCache: number,
): Of<'inputAudio' | 'cachedAudio' | 'audioMayBeCached'> {
  const audio = fields.count(inputAudio) ?? 0
  const ofAudio = fields.count(cachedAudio) ?? 0
  const isBrokenDown = cachedAudio?.some((path) => fields.has(path)) ?? false
  const audioMayBeCached = audio > 0 && ofCache > 0 && !isBrokenDown
  if (audio > 0) fields.without(input, given, audioMayBeCached ? audio : audio + ofCache - ofAudio)
  return {
    inputAudio: fields.without(inputAudio?.[0] ?? input, audio, ofAudio),
    cachedAudio: ofAudio,
    audioMayBeCached,
  }
}

/** Whether output includes reasoning is decided by the total if there is one, else by the API's definition. */
function countOutput(
  api: UsageApi,
  fields: UsageFields,
  prompt: number,
  given: number,
): Of<'output' | 'reasoning' | 'outputAudio'> {
  const reasoning = fields.count(api.reasoning) ?? 0
  const outputAudio = fields.count(api.outputAudio) ?? 0
  const total = api.total === undefined ? undefined : fields.count([api.total])
  const mayBeAbsent = api.reasoningApart || total === prompt
  const some = fields.count([api.output]) ?? (mayBeAbsent ? 0 : fields.missing(api.output))
  const isApart = total === undefined ? api.reasoningApart : total === prompt + some + reasoning
  fields.expect(api.total, prompt + some, prompt + some + reasoning, given + some)
  const output = isApart ? some + reasoning : some
  fields.expect(api.answer, fields.without(api.output, output, reasoning + outputAudio) + outputAudio)
  return { output, reasoning, outputAudio }
}
