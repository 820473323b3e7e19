/** The names that facts, causes and outcomes go by. Apart from the schemas, so that the client needs no zod. */

/** How much a model reasons before it answers, least first. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

export const STATUSES = ['active', 'preview', 'deprecated'] as const

/** In the order in which lists of them are kept. */
export const MODALITIES = ['text', 'image', 'audio', 'video', 'pdf'] as const
export type Modality = (typeof MODALITIES)[number]

export const CAPABILITIES = ['text', 'vision', 'reasoning', 'toolUse', 'json', 'audio'] as const

export const SOURCES = ['artificial-analysis', 'models.dev'] as const
export type SourceName = (typeof SOURCES)[number]

export const CAUSES = ['pull', 'import', 'override', 'enrichment', 'rollback', 'rebuild'] as const
export type Cause = (typeof CAUSES)[number]

export const OUTCOMES = ['committed', 'unchanged', 'held', 'pinned', 'rejected', 'failed'] as const
export type OutcomeName = (typeof OUTCOMES)[number]
