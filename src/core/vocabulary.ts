/** The names that facts, causes and outcomes go by. Apart from the schemas, so that the client needs no zod. */

/** How much a model reasons before it answers, least first. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

/** What the value of a variant ends with. */
export function effortSuffixOf(effort: Effort): string {
  return effort === 'none' ? '-non-reasoning' : `-${effort}`
}

export const STATUSES = ['active', 'preview', 'deprecated'] as const

/** What a model is for. */
export const MODEL_TYPES = [
  'chat',
  'embedding',
  'rerank',
  'image',
  'video',
  'speech',
  'transcription',
  'moderation',
  'other',
] as const
export type ModelType = (typeof MODEL_TYPES)[number]

/** In the order in which lists of them are kept. */
export const MODALITIES = ['text', 'image', 'audio', 'video', 'pdf'] as const
export type Modality = (typeof MODALITIES)[number]

export const CAPABILITIES = [
  'text',
  'vision',
  'reasoning',
  'toolUse',
  'json',
  'audio',
  'temperature',
  'attachment',
] as const

/** Kinds of tokens that have a price of their own. */
export const PRICES = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'reasoning',
  'inputAudio',
  'outputAudio',
] as const

export const BILLINGS = ['free', 'plan'] as const
export type Billing = (typeof BILLINGS)[number]

/** The fields of a model that say which one it is; no override sets them. */
export const IDENTITY_FIELDS = ['id', 'provider', 'value'] as const
export type IdentityField = (typeof IDENTITY_FIELDS)[number]

/** The fields of a model that no source states: they follow from others. */
export const DERIVED_FIELDS = ['alias', 'lab', 'family', 'firstParty', 'effort', 'iq', 'speed'] as const
export type DerivedField = (typeof DERIVED_FIELDS)[number]

export const SOURCE_NAMES = ['artificial-analysis', 'models.dev', 'epoch', 'arena'] as const
export type SourceName = (typeof SOURCE_NAMES)[number]

/** What `iq` is derived from. */
export const IQ_BASES = ['artificial-analysis', 'epoch'] as const
export type IqBasis = (typeof IQ_BASES)[number]

export const CAUSES = ['pull', 'import', 'backfill', 'override', 'rollback', 'rebuild'] as const
export type Cause = (typeof CAUSES)[number]

export const OUTCOMES = ['committed', 'unchanged', 'held', 'pinned', 'rejected', 'failed'] as const
export type OutcomeName = (typeof OUTCOMES)[number]

/** Of a dry run, which writes nothing. */
export const DRY_RUN_OUTCOMES = ['would-commit', 'would-not-change'] as const

/** What models are sorted by. */
export const SORT_KEYS = ['iq', 'speed', 'price', 'contextWindow', 'releaseDate', 'name'] as const
export type SortKey = (typeof SORT_KEYS)[number]
