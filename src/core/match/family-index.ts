/**
 * Indexes the known families by the normal forms of their ids. If several ids of one lab have the same normal form,
 * they are spellings of one family, named by the one added first.
 */
import { rememberingSpelling } from './spelling.ts'

export interface FamilyIndex {
  /** The family with this normal form, within `lab` if given; otherwise only if exactly one lab has it. */
  find(key: string, lab?: string): string | undefined
  /** The same, with the words of the key in any order. */
  findByWords(key: string, lab?: string): string | undefined
  /** Whether every known id of the family ends in "-latest", so that the model behind it changes. */
  isMoving(family: string): boolean
}

/** A known id of a family, as spelt. */
export interface KnownId {
  family: string
  id: string
}

type FamilyByLab = Map<string, string>

export function indexFamilies(ids: readonly KnownId[], { normalFormOf, wordsOf } = rememberingSpelling()): FamilyIndex {
  const fixed = new Set(ids.filter(({ id }) => !id.endsWith('-latest')).map(({ family }) => family))
  const families = new Set(ids.map(({ family }) => family))
  const byKey = new Map<string, FamilyByLab>()
  const byWords = new Map<string, FamilyByLab>()
  for (const family of families) {
    const key = normalFormOf(family.slice(labOf(family).length + 1))
    add(byKey, key, family)
    add(byWords, wordsOf(key), family)
  }
  return {
    find: (key, lab) => pick(byKey.get(key), lab),
    findByWords: (key, lab) => pick(byWords.get(wordsOf(key)), lab),
    isMoving: (family) => families.has(family) && !fixed.has(family),
  }
}

/** The lab of a family or of a canonical id: the text before the first slash. */
export function labOf(family: string): string {
  return family.slice(0, Math.max(family.indexOf('/'), 0))
}

function add(index: Map<string, FamilyByLab>, key: string, family: string): void {
  const byLab = index.get(key) ?? new Map<string, string>()
  const lab = labOf(family)
  if (!byLab.has(lab)) byLab.set(lab, family)
  index.set(key, byLab)
}

function pick(byLab: FamilyByLab | undefined, lab: string | undefined): string | undefined {
  if (lab !== undefined) return byLab?.get(lab)
  return byLab?.size === 1 ? [...byLab.values()][0] : undefined
}
