/** How much a model reasons before it answers, least first. Apart from the schemas, so that the client needs no zod. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]
