/**
 * The families of the last plan, for as long as all rows are called what they were: prices, limits and all other facts
 * of a row say nothing of its family. Pure but for the memory, which belongs to its caller.
 */
import { createFamilies, type Families, type FamilySubject } from './families.ts'

export class FamiliesMemory {
  #subjects: readonly FamilySubject[] = []
  #families: Families | undefined

  familiesOf(subjects: readonly FamilySubject[]): Families {
    const known = this.#subjects
    const isKnown = subjects.length === known.length && subjects.every((subject, at) => isSame(subject, known[at]))
    if (!this.#families || !isKnown) this.#families = createFamilies(subjects)
    this.#subjects = subjects
    return this.#families
  }
}

function isSame(a: FamilySubject, b: FamilySubject | undefined): boolean {
  if (a === b || b === undefined) return a === b
  if (a.provider !== b.provider || a.value !== b.value || a.canonicalId !== b.canonicalId) return false
  // The name of a row that is not measured apart is not read.
  return a.variant || b.variant ? a.variant !== undefined && b.variant !== undefined && a.name === b.name : true
}
