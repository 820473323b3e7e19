/**
 * Hides each label in turn and looks up the row's family. If other rows provide the same evidence (the family and the name
 * are also labelled elsewhere, and no lab's own provider offers it), hiding the label changes nothing for the matcher, so one
 * matcher serves all such rows.
 */
import { createFamilyMatcher, type FamilyMatcher } from '../../../src/core/match/family-matcher.ts'
import { type FamilyRow, ownFamilyOf, readFamilyRow } from '../../../src/core/match/family-row.ts'
import type { LabelledRow } from './labelled-rows.ts'

export interface HiddenLabel {
  provider: string
  value: string
  label: string
  /** The family without the label; absent where none is found, and so no lab. */
  answer?: string
}

export function leaveOneOut(labelled: readonly LabelledRow[]): HiddenLabel[] {
  const rows = labelled.map((row) => readFamilyRow(row))
  const witnesses = countWitnesses(rows)
  const shared = createFamilyMatcher(rows)
  return rows.flatMap((row, at) => {
    const { label, ...hidden } = row
    if (label === undefined) return []
    const isSole = row.ownLab !== undefined || namesOf(row, label.family).some((name) => witnesses.get(name) === 1)
    const matcher = isSole ? createFamilyMatcher(rows.with(at, hidden)) : shared
    const answer = answerOf(hidden, matcher)
    return [{ provider: row.provider, value: row.value, label: label.family, ...(answer !== undefined && { answer }) }]
  })
}

function answerOf(hidden: FamilyRow, matcher: FamilyMatcher): string | undefined {
  return matcher.match(hidden) ?? ownFamilyOf(hidden)?.family
}

function countWitnesses(rows: FamilyRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    for (const name of row.label === undefined ? [] : namesOf(row, row.label.family))
      counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

const namesOf = ({ key }: FamilyRow, label: string): string[] => [label, `${key} = ${label}`]
