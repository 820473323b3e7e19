/**
 * Memoizes the families of the last plan while the names and ids of all rows stay the same. Prices, limits and all
 * other facts do not affect the family of a row. Pure except for the memory, which belongs to its caller.
 */
import { createFamilies, type Families, type FamilyAnswer, type FamilySubject } from './families.ts'

export class FamiliesMemory {
  #subjects: readonly FamilySubject[] = []
  #families: RememberingFamilies | undefined

  /** Returns the same function as before while its results are the same. */
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
  /** Uses the result of `known` for `subject`, which is named the same. */
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
  // Only variants are matched by name.
  return a.variant || b.variant ? a.variant !== undefined && b.variant !== undefined && a.name === b.name : true
}
