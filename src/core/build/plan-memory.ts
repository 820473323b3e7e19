/**
 * Memoizes the results of the last plan. The next plan reuses each result whose inputs are the same objects, which most
 * are on most days. The inputs must be immutable; then a plan with a memory equals a plan without one. Pure except for
 * the memory, which belongs to its caller.
 */
import type { ReadsOfRows } from '../family/family-facts.ts'
import { FamiliesMemory } from '../match/families-memory.ts'
import { LastResults } from './last-results.ts'
import type { PartInputs } from './part-inputs.ts'
import type { JoinedRows } from './rows.ts'

export class PlanMemory {
  readonly families = new FamiliesMemory()
  /** By provider. */
  readonly rows = new LastResults<JoinedRows>()
  /** By family. */
  readonly reads = new LastResults<ReadsOfRows>()
  /** By provider. */
  readonly parts = new LastResults<PartInputs>()

  /** Call at the start of a plan. Drops the results that the last plan did not use. */
  turn(): void {
    for (const results of [this.rows, this.reads, this.parts]) results.turn()
  }
}
