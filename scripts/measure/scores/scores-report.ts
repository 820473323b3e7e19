/** Matches and coverage as text. */
import { textTable } from '../../../src/cli/shared/table.ts'
import type { ScoreMatch } from '../../../src/core/boards/match-scores.ts'
import type { SourceName } from '../../../src/core/vocabulary.ts'
import type { FamilyCoverage } from './coverage.ts'

const BOARDS: readonly SourceName[] = ['epoch', 'arena']

export function describeMatches(matches: readonly ScoreMatch[]): string {
  return BOARDS.map((board) => {
    const lines = matches
      .filter(({ score, family }) => score.source === board && family !== undefined)
      .map(({ score, family, date }) => `  ${score.name} -> ${family}${date === undefined ? '' : `, of ${date}`}`)
    return [`Names of ${board} with a family: ${lines.length}`, ...lines].join('\n')
  }).join('\n\n')
}

export function describeUnmatched(matches: readonly ScoreMatch[]): string {
  return BOARDS.map((board) => {
    const lines = matches
      .filter(({ score, family }) => score.source === board && family === undefined)
      .map(({ score: { name, releaseDate } }) => `  ${name}${releaseDate === undefined ? '' : ` (${releaseDate})`}`)
    return [`Names of ${board} without one: ${lines.length}`, ...lines].join('\n')
  }).join('\n\n')
}

/** The boards cannot know what was released after them, and never know labs that they do not measure. */
export function describeCoverage(matches: readonly ScoreMatch[], families: readonly FamilyCoverage[]): string {
  const newest =
    matches
      .flatMap(({ score }) => score.releaseDate ?? [])
      .sort()
      .at(-1) ?? ''
  const measured = new Set(
    matches.flatMap(({ score, family }) => (score.source === 'epoch' ? (family ?? []) : [])).map(labOf),
  )
  const before = families.filter(({ released }) => released <= newest)
  const known = before.filter(({ family }) => measured.has(labOf(family)))
  return textTable(
    'First-party chat families since 2025',
    ['', 'families', 'with iq', 'with any score'],
    [
      rowOf('all', families),
      rowOf(`released by ${newest}, the newest of Epoch's`, before),
      rowOf('of these, by labs that Epoch measures', known),
    ],
  )
}

function rowOf(label: string, families: readonly FamilyCoverage[]): string[] {
  const share = (count: number): string => `${count} (${Math.round((100 * count) / Math.max(families.length, 1))} %)`
  const withIq = families.filter(({ hasIq }) => hasIq).length
  const withScore = families.filter(({ hasScore }) => hasScore).length
  return [label, String(families.length), share(withIq), share(withScore)]
}

const labOf = (family: string): string => family.slice(0, family.indexOf('/'))
