/**
 * Which family each entry of a board is of. Boards give names, not ids: a reviewed table comes first, then the name's
 * normal form at the organisation's lab, and the release date must agree. A name that proves no family has none. Pure.
 */
import type { Rows } from '../build/rows.ts'
import type { UnreadFact } from '../build/usable-statement.ts'
import { firstDayOf } from '../calendar.ts'
import { compareText } from '../json/canonical.ts'
import type { NamedScore, ScoreStatement } from '../statements/statement.ts'
import { aliasOf } from './aliases.ts'
import { type NameReading, readBoardName } from './board-name.ts'
import { createFamilyDirectory, type FamilyDirectory, type KnownFamily } from './family-directory.ts'
import { labOfOrganization } from './organizations.ts'

export interface ScoreMatch {
  score: NamedScore
  /** `undefined` where the name proves no family. */
  family?: string
  /** YYYY-MM-DD or YYYY-MM, where the name states it. */
  date?: string
}

/** Boards and catalogues date a release by its announcement or its first day in the API: up to two weeks apart. */
const MAX_DAYS_APART = 14
const DAY_MS = 24 * 3600_000

export function matchScores(scores: readonly NamedScore[], rows: Rows): ScoreMatch[] {
  if (scores.length === 0) return []
  const directory = createFamilyDirectory(rows)
  return scores.map((score) => {
    const { readings, date } = readBoardName(score.name)
    const family = familyOf(score, { readings, date }, directory)
    return { score, ...(family !== undefined && { family }), ...(date !== undefined && { date }) }
  })
}

export function scoreStatementsOf(matches: readonly ScoreMatch[]): ScoreStatement[] {
  return matches.flatMap(({ score: { source, metrics }, family, date }) =>
    family === undefined ? [] : [{ source, family, ...(date !== undefined && { date }), metrics }],
  )
}

/** One line per source; the example is the first by name, whatever the order of entries. */
export function unmatchedNames(matches: readonly ScoreMatch[]): UnreadFact[] {
  const unmatched = matches.filter(({ family }) => family === undefined).map(({ score }) => score)
  return [...Map.groupBy(unmatched, ({ source }) => source)].map(([source, ofSource]) => {
    const [example = ''] = ofSource.map(({ name }) => name).sort(compareText)
    return { source, field: 'name', count: ofSource.length, example }
  })
}

interface Stated {
  readings: readonly NameReading[]
  date?: string | undefined
}

function familyOf(score: NamedScore, { readings, date }: Stated, directory: FamilyDirectory): string | undefined {
  const alias = findAlias(score, readings)
  if (alias) {
    const family = directory.get(alias.family)
    return family && offers(family, alias.reading) ? family.family : undefined
  }
  const { organization } = score
  const lab = organization === undefined ? undefined : labOfOrganization(organization)
  // A maker that is not a lab of the catalogue may name its models after those of another.
  if (organization !== undefined && lab === undefined) return undefined
  for (const reading of readings) {
    const family = directory.find(reading.text, lab)
    if (family && offers(family, reading) && agrees(family, date, score)) return family.family
  }
  return undefined
}

/** Of the whole name, which may state a month, or of what is left without a setting. */
function findAlias(
  { source, name }: NamedScore,
  readings: readonly NameReading[],
): { family: string; reading: NameReading } | undefined {
  for (const reading of [{ text: name }, ...readings]) {
    const family = aliasOf(source, reading.text)
    if (family !== undefined) return { family, reading }
  }
  return undefined
}

/** "-max" ends the name of one model and is an effort of another. */
function offers({ efforts, hasReasoningOptions }: KnownFamily, { setting }: NameReading): boolean {
  if (setting === undefined) return true
  return setting === 'reasoning' ? hasReasoningOptions : efforts.has(setting)
}

/** The edition that the name states, or else the release. A board without release dates proves by names alone. */
function agrees({ dates }: KnownFamily, date: string | undefined, { releaseDate }: NamedScore): boolean {
  if (releaseDate === undefined) return true
  return [...dates].some((known) => daysApart(known, date ?? releaseDate) <= MAX_DAYS_APART)
}

/** Between the nearest days that the dates may mean. */
function daysApart(a: string, b: string): number {
  const [first, second] = [spanOf(a), spanOf(b)]
  return Math.max(0, first.from - second.to, second.from - first.to) / DAY_MS
}

function spanOf(date: string): { from: number; to: number } {
  const from = Date.parse(firstDayOf(date))
  const days = { 10: 1, 7: 31 }[date.length] ?? 366
  return { from, to: from + (days - 1) * DAY_MS }
}
