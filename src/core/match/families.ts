/**
 * Decides the family and lab of each model, and whether its own lab offers it. Depends on all statements together;
 * their order does not matter, and the result also answers for statements that were not among them.
 */
import type { ModelStatement } from '../statements/statement.ts'
import { lastSegmentOf, withoutDateOrLatest } from './family-id.ts'
import { labOf } from './family-index.ts'
import { createFamilyMatcher } from './family-matcher.ts'
import { type FamilyRow, ownFamilyOf, readFamilyRow } from './family-row.ts'
import { labOfProvider } from './labs/labs.ts'
import { rememberingSpelling } from './spelling.ts'
import { createVariantFamilies, type VariantIdentity } from './variant-families.ts'

export interface FamilyAnswer {
  lab?: string
  family: string
  firstParty?: true
}

/** The fields of a statement that decide its family. */
export type FamilySubject = Pick<ModelStatement, 'provider' | 'value' | 'name' | 'canonicalId' | 'variant'>

export type Families = (subject: FamilySubject) => FamilyAnswer

export function createFamilies(statements: readonly FamilySubject[]): Families {
  const spelling = rememberingSpelling()
  const rows = new Map(statements.filter((one) => !one.variant).map((one) => [one, readFamilyRow(one, spelling)]))
  const { match, index } = createFamilyMatcher([...rows.values()], spelling)
  const variants = statements.filter((one) => one.variant).map(readVariant)
  const familyOfVariant = createVariantFamilies(variants, index)
  return (subject) => {
    if (subject.variant) return answerForVariant(subject, familyOfVariant(readVariant(subject)))
    const row = rows.get(subject) ?? readFamilyRow(subject)
    return answerForRow(row, match(row) ?? ownFamilyOf(row)?.family)
  }
}

function answerForRow({ provider, value, ownLab }: FamilyRow, family: string | undefined): FamilyAnswer {
  if (family === undefined) return { family: `${provider}/${withoutDateOrLatest(lastSegmentOf(value))}` }
  const lab = labOf(family)
  return { lab, family, ...(lab === ownLab && { firstParty: true }) }
}

/** The creator of a measured variant is always a lab, whether or not models.dev lists it. */
function readVariant({ provider, value, name }: FamilySubject): VariantIdentity {
  return { lab: labOfProvider(provider) ?? provider, value, name }
}

function answerForVariant({ provider }: FamilySubject, family: string): FamilyAnswer {
  return { lab: labOfProvider(provider) ?? provider, family, firstParty: true }
}
