/**
 * Finds the family of each entry on a board. Boards give names, not ids: the reviewed aliases are tried first, then the
 * normal form of the name within the organisation's lab, where the release date must also agree. A name that identifies
 * no family with certainty is left unmatched. Pure.
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
  /** Absent if the name identifies no family. */
  family?: string
  /** YYYY-MM-DD or YYYY-MM, if the name states it. */
  date?: string
}

/** A release is dated by its announcement or by its first day in the API. The two are up to two weeks apart. */
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

/** One line per source. The example is the first name in sort order, so the order of entries does not matter. */
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
    return family && supportsSetting(family, alias.reading) ? family.family : undefined
  }
  const { organization } = score
  const lab = organization === undefined ? undefined : labOfOrganization(organization)
  // An organisation that is not a known lab may name its models after those of another lab.
  if (organization !== undefined && lab === undefined) return undefined
  for (const reading of readings) {
    const family = directory.find(reading.text, lab)
    if (family && supportsSetting(family, reading) && agreesWithDate(family, date, score)) return family.family
  }
  return undefined
}

/** Tries the whole name, which may state a month, then each reading of it. */
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

/**
 * A name that ends in "-max" may state an effort, or may be the name of a model: only the family's own settings decide.
 */
function supportsSetting({ efforts, hasReasoningOptions }: KnownFamily, { setting }: NameReading): boolean {
  if (setting === undefined) return true
  return setting === 'reasoning' ? hasReasoningOptions : efforts.has(setting)
}

/**
 * Compares the date in the name, else the release date. If the board has no release dates, the name alone is enough.
 */
function agreesWithDate({ dates }: KnownFamily, date: string | undefined, { releaseDate }: NamedScore): boolean {
  if (releaseDate === undefined) return true
  return [...dates].some((known) => daysApart(known, date ?? releaseDate) <= MAX_DAYS_APART)
}

/** Days between the nearest days that the two dates may mean. */
function daysApart(a: string, b: string): number {
  const [first, second] = [spanOf(a), spanOf(b)]
  return Math.max(0, first.from - second.to, second.from - first.to) / DAY_MS
}

function spanOf(date: string): { from: number; to: number } {
  const from = Date.parse(firstDayOf(date))
  const days = { 10: 1, 7: 31 }[date.length] ?? 366
  return { from, to: from + (days - 1) * DAY_MS }
}
