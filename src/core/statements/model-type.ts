/**
 * Decides the type of a model whose source does not state it: by its names, then by its modalities. A model that holds
 * conversations is `chat`, including routers and realtime speech. One that uses the same API but does not converse is
 * `other`: OCR, translation, detection, merging code edits, music, proteins. Filters of content and of personal data
 * are `moderation`. A model that outputs text and images is `image` if its id says that it draws. Pure.
 */
import type { Capabilities, Modalities } from '../schema/model.ts'
import type { ModelType } from '../vocabulary.ts'

/** The facts that the type is derived from. */
export interface Untyped {
  id: string
  name: string
  series?: string | undefined
  modalities?: Modalities | undefined
  capabilities?: Capabilities | undefined
}

/** The first match decides: a reranker that uses embeddings is a reranker. */
const BY_NAME: [type: ModelType, names: RegExp][] = [
  ['rerank', /rerank/],
  ['embedding', /embed|(?<![a-z0-9])(?:bge|gte|e5|voyage)[-_]|mini[-_]?lm|mpnet/],
  ['moderation', /guard|moderation|shieldgemma|(?<![a-z])(?:safety|pii)(?![a-z])/],
  ['other', /ocr(?![a-z])|translat|(?<![a-z])(?:mt\d?|music|lyria)(?![a-z])|paddleocr|text-to-audio/],
  [
    'other',
    /esm(?:fold|2)|intent-detect|relace-apply|(?<![a-z])morph-v\d|mercury-edit|usdvalidate|studiovoice|schematron|summarizer/,
  ],
  ['transcription', /whisper|transcri(?:be|ption)|(?<![a-z])(?:asr|stt)(?![a-z])/],
  ['speech', /(?<![a-z])tts(?![a-z])|text-to-speech/],
]
/** All of the patterns in one. Most names match none, and one pattern shows that several times faster. */
const ANY_NAME = new RegExp(BY_NAME.map(([, names]) => names.source).join('|'))
const DRAWS = /(?<![a-z])(?:image|imagen|dall-e|flux|banana|cogview|seedream|stable-diffusion|arrow)(?![a-z])/

export function modelTypeOf(row: Untyped): ModelType {
  const names = `${row.id} ${row.name} ${row.series ?? ''}`.toLowerCase()
  if (!ANY_NAME.test(names)) return typeByMedia(row)
  return BY_NAME.find(([, pattern]) => pattern.test(names))?.[0] ?? typeByMedia(row)
}

function typeByMedia({ id, modalities, capabilities }: Untyped): ModelType {
  const draws = DRAWS.test(id.toLowerCase())
  if (modalities === undefined) return draws ? 'image' : 'chat'
  const { input, output } = modalities
  if (output.includes('text')) {
    if (input.length > 0 && input.every((medium) => medium === 'audio')) return 'transcription'
    if (input.length > 0 && input.every((medium) => medium === 'video')) return 'other'
    return draws ? 'image' : 'chat'
  }
  // A model that reasons and calls tools also outputs text, even if the source does not list it.
  if (capabilities?.reasoning && capabilities.toolUse) return 'chat'
  if (output.includes('video')) return 'video'
  if (output.includes('image')) return 'image'
  return output.includes('audio') ? 'speech' : 'other'
}
