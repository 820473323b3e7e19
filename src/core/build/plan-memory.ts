/**
 * What the last plan worked out, for the next one to take over wherever its inputs are the same objects: on most days
 * few of them are new. Nothing that a plan is made of is ever changed, so that a plan with a memory is the plan that
 * would be made without. Pure but for the memory, which belongs to its caller.
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

  /** Call at the start of a plan. What the last one did not ask for is forgotten. */
  turn(): void {
    for (const results of [this.rows, this.reads, this.parts]) results.turn()
  }
}
