/** The names that facts, causes and outcomes go by. Apart from the schemas, so that the client needs no zod. */

/** How much a model reasons before it answers, least first. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

export const STATUSES = ['active', 'preview', 'deprecated'] as const

/** In the order in which lists of them are kept. */
export const MODALITIES = ['text', 'image', 'audio', 'video', 'pdf'] as const
export type Modality = (typeof MODALITIES)[number]

export const CAPABILITIES = ['text', 'vision', 'reasoning', 'toolUse', 'json', 'audio'] as const

/** The fields of a model that say which one it is; no override sets them. */
export const IDENTITY_FIELDS = ['id', 'provider', 'value'] as const
export type IdentityField = (typeof IDENTITY_FIELDS)[number]

/** The fields of a model that no source states: they follow from others. */
export const DERIVED_FIELDS = ['alias', 'family', 'effort', 'iq', 'speed'] as const
export type DerivedField = (typeof DERIVED_FIELDS)[number]

export const SOURCE_NAMES = ['artificial-analysis', 'models.dev'] as const
export type SourceName = (typeof SOURCE_NAMES)[number]

export const CAUSES = ['pull', 'import', 'override', 'enrichment', 'rollback', 'rebuild'] as const
export type Cause = (typeof CAUSES)[number]

export const OUTCOMES = ['committed', 'unchanged', 'held', 'pinned', 'rejected', 'failed'] as const
export type OutcomeName = (typeof OUTCOMES)[number]

/** What models are sorted by. */
export const SORT_KEYS = ['iq', 'speed', 'price', 'releaseDate', 'name'] as const
export type SortKey = (typeof SORT_KEYS)[number]
