/**
 * The few facts of a model that the guard compares. Every source states them in some form, so one guard serves all
 * sources.
 */

export interface GuardedRow {
  provider: string
  value: string
  /** The source's own stable identifier, if any. A renamed row that keeps its id is not lost. */
  id?: string
  name?: string
  /** USD per million tokens. */
  input?: number
  output?: number
  /** Tokens per second. */
  speed?: number
  /** On any scale. */
  score?: number
}

export const GUARDED_FACTS = ['price', 'score', 'speed'] as const
export type GuardedFact = (typeof GUARDED_FACTS)[number]

/** The fields that make up a fact. A row has the fact if it has at least one of them. */
export const FIELDS_OF = {
  price: ['input', 'output'],
  score: ['score'],
  speed: ['speed'],
} as const satisfies Record<GuardedFact, readonly (keyof GuardedRow)[]>

export const keyOf = ({ provider, value }: GuardedRow): string => `${provider}/${value}`

export function hasFact(row: GuardedRow, fact: GuardedFact): boolean {
  for (const field of FIELDS_OF[fact]) if (row[field] !== undefined) return true
  return false
}
