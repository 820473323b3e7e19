/** A source of facts, as an operator must know it before showing them to others. */
import type { Attribution } from '../core/schema/history.ts'

export interface Source {
  /** The origin that provenance names. */
  name: string
  url: string
  /** An SPDX identifier, or where the terms are. */
  licence: string
  attribution: Attribution
}
