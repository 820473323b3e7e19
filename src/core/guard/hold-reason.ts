/** Why a pull is held: a code to compare, and a text to read. */

import { type GuardedFact, type GuardedRow, keyOf } from './guarded-row.ts'
import type { ValueChange } from './tally.ts'

export type HoldCode =
  | 'models-lost'
  | 'providers-lost'
  | `${GuardedFact}s-lost`
  | `${GuardedFact}s-zero`
  | `${GuardedFact}s-off-scale`
  | 'growth'
  | 'too-large'

export interface HoldReason {
  code: HoldCode
  /** A sentence with the numbers. */
  text: string
  /** At most `MAX_EXAMPLES` of the models or providers, sorted. */
  examples: string[]
}

/** Enough to recognize what happened; the diff of a held pull lists everything. */
export const MAX_EXAMPLES = 10

/** Names come from sources and may have any length. */
const MAX_LABEL_LENGTH = 200

export function reasonOf(code: HoldCode, text: string, labels: readonly string[] = []): HoldReason {
  const examples = labels.toSorted().slice(0, MAX_EXAMPLES)
  return { code, text, examples: examples.map((label) => label.slice(0, MAX_LABEL_LENGTH)) }
}

export function labelOfRow(row: GuardedRow): string {
  return row.name === undefined ? keyOf(row) : `${keyOf(row)} (${row.name})`
}

export function labelOfChange({ row, before, after }: ValueChange): string {
  return `${keyOf(row)}: ${before} to ${after}`
}

export const formatCount = (count: number): string => count.toLocaleString('en-US')

/** With one decimal at most. */
export const formatShare = (share: number): string => `${Math.round(share * 1000) / 10} %`
