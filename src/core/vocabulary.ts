/** The names used for facts, causes and outcomes. Separate from the schemas, so that the client needs no zod. */

/** How much a model reasons before it answers, least first. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

/** The ending of a variant's value. */
export function effortSuffixOf(effort: Effort): string {
  return effort === 'none' ? '-non-reasoning' : `-${effort}`
}

export const STATUSES = ['active', 'preview', 'deprecated'] as const

/** The use that a model is made for. */
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

/** In the order in which lists of modalities are stored. */
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

/** The kinds of tokens that have their own price. */
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

/** The fields that identify a model. No override sets them. */
export const IDENTITY_FIELDS = ['id', 'provider', 'value'] as const
export type IdentityField = (typeof IDENTITY_FIELDS)[number]

/** The fields of a model that are derived from others. No source states them. */
export const DERIVED_FIELDS = ['alias', 'lab', 'family', 'firstParty', 'effort', 'iq', 'speed'] as const
export type DerivedField = (typeof DERIVED_FIELDS)[number]

export const SOURCE_NAMES = ['artificial-analysis', 'models.dev', 'epoch', 'arena'] as const
export type SourceName = (typeof SOURCE_NAMES)[number]

/** The sources that `iq` can be derived from. */
export const IQ_BASES = ['artificial-analysis', 'epoch'] as const
export type IqBasis = (typeof IQ_BASES)[number]

export const CAUSES = ['pull', 'import', 'backfill', 'override', 'rollback', 'rebuild'] as const
export type Cause = (typeof CAUSES)[number]

export const OUTCOMES = ['committed', 'unchanged', 'held', 'pinned', 'rejected', 'failed'] as const
export type OutcomeName = (typeof OUTCOMES)[number]

/** The outcomes of a dry run, which writes nothing. */
export const DRY_RUN_OUTCOMES = ['would-commit', 'would-not-change'] as const

/** The keys that models can be sorted by. */
export const SORT_KEYS = ['iq', 'speed', 'price', 'contextWindow', 'releaseDate', 'name'] as const
export type SortKey = (typeof SORT_KEYS)[number]
