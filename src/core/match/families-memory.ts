/**
 * The families of the last plan, for as long as all rows are called what they were: prices, limits and all other facts
 * of a row say nothing of its family. Pure but for the memory, which belongs to its caller.
 */
import { createFamilies, type Families, type FamilyAnswer, type FamilySubject } from './families.ts'

export class FamiliesMemory {
  #subjects: readonly FamilySubject[] = []
  #families: RememberingFamilies | undefined

  /** The same function for as long as its answers are the same. */
  familiesOf(subjects: readonly FamilySubject[]): Families {
    const known = this.#subjects
    this.#subjects = subjects
    const isKnown = subjects.length === known.length && subjects.every((subject, at) => isSame(subject, known[at]))
    if (!this.#families || !isKnown) this.#families = rememberingFamilies(createFamilies(subjects))
    else for (const [at, subject] of subjects.entries()) this.#families.replace(known[at], subject)
    return this.#families.familyOf
  }
}

interface RememberingFamilies {
  familyOf: Families
  /** The one is called what the other was. */
  replace: (known: FamilySubject | undefined, subject: FamilySubject) => void
}

function rememberingFamilies(families: Families): RememberingFamilies {
  const answers = new WeakMap<FamilySubject, FamilyAnswer>()
  const familyOf: Families = (subject) => {
    const answer = answers.get(subject) ?? families(subject)
    answers.set(subject, answer)
    return answer
  }
  const replace: RememberingFamilies['replace'] = (known, subject) => {
    const answer = known && known !== subject && answers.get(known)
    if (answer) answers.set(subject, answer)
  }
  return { familyOf, replace }
}

function isSame(a: FamilySubject, b: FamilySubject | undefined): boolean {
  if (a === b || b === undefined) return a === b
  if (a.provider !== b.provider || a.value !== b.value || a.canonicalId !== b.canonicalId) return false
  // The name of a row that is not measured apart is not read.
  return a.variant || b.variant ? a.variant !== undefined && b.variant !== undefined && a.name === b.name : true
}
