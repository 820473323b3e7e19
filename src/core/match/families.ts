/**
 * Which family each model belongs to, whose it is, and whether its own lab offers it. A function of all statements
 * together: the order in which they come never matters, and one that was not among them may be asked for, too.
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

/** What of a statement decides. */
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

/** Whoever makes what is measured is a lab, be it known to models.dev or not. */
function readVariant({ provider, value, name }: FamilySubject): VariantIdentity {
  return { lab: labOfProvider(provider) ?? provider, value, name }
}

function answerForVariant({ provider }: FamilySubject, family: string): FamilyAnswer {
  return { lab: labOfProvider(provider) ?? provider, family, firstParty: true }
}
