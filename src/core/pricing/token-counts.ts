/**
 * What one request used, in the same terms for every API. Numbers that contradict each other are refused: whatever they
 * differ by would be priced wrongly or not at all. Pure.
 */
import type { UsageApi } from './usage-apis.ts'
import type { UsageFields } from './usage-fields.ts'

/** Counts overlap only where a comment says so. */
export interface TokenCounts {
  /** Neither read from a cache nor written to one. */
  input: number
  /** Those of `input` that are audio. */
  inputAudio: number
  /** Audio and cached tokens may be the same ones: `inputAudio` is then an upper bound. */
  audioMayBeCached: boolean
  cacheRead: number
  /** Those of `cacheRead` that are audio, where the API says so. */
  cachedAudio: number
  /** Kept for five minutes, or for as long as the API does without being asked. */
  cacheWrite: number
  cacheWrite1h: number
  /** All that was generated. */
  output: number
  /** Those of `output` that are reasoning. */
  reasoning: number
  /** Those of `output` that are audio. */
  outputAudio: number
}

type Of<Keys extends keyof TokenCounts> = Pick<TokenCounts, Keys>

/** All tokens of the prompt: what tiers go by. */
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

/** Where an API does not break down cached tokens, those that are audio may be among them. */
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

/** Output includes reasoning or excludes it: by the total where there is one, else by the API's definition. */
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
