/**
 * What a guard looks at in a model: the few facts that every source gives in some form. Taken from statements, so that
 * one guard serves all sources.
 */

export interface GuardedRow {
  provider: string
  value: string
  /** The source's own stable identifier, if it has one: a row that keeps it under another name is not lost. */
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

/** The fields that make up a fact; a row has the fact if it has one of them. */
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
