/**
 * Scores from boards that identify a family by name. They are given to every first-party model that a source lists, or
 * to the best measured variant if no source lists one. An entry that names a date belongs to the row of that date, if
 * there is one. Pure.
 */

import type { Row } from '../build/rows.ts'
import { fullDateIn } from '../match/family-id.ts'
import { keyOf } from '../model-order.ts'
import type { Layer, ScoreStatement } from '../statements/statement.ts'
import { compareBest } from './best-variant.ts'

type Scores = ScoreStatement['metrics']

export interface BoardScores {
  /** The highest scores among all entries of the family, including dated entries and every effort. */
  highest: Scores
  of: (row: Row) => readonly Layer[]
}

const NONE: readonly Layer[] = []

/** `own`: the family's first-party rows, in the order of the lab's providers. */
export function createBoardScores(own: readonly Row[], entries: readonly ScoreStatement[]): BoardScores {
  if (entries.length === 0) return { highest: {}, of: () => NONE }
  const scored = scoredRowsOf(own)
  const dated = new Map<Row, ScoreStatement[]>()
  for (const entry of entries)
    for (const row of rowsOfDate(scored, entry.date)) dated.set(row, [...(dated.get(row) ?? []), entry])
  const layers = new Map(scored.map((row) => [keyOf(row), layersOf(entries, dated.get(row) ?? [])]))
  return { highest: highestOf(entries), of: (row) => layers.get(keyOf(row)) ?? NONE }
}

function scoredRowsOf(own: readonly Row[]): Row[] {
  const listed = own.filter((row) => row.listed)
  if (listed.length > 0) return listed
  const atFirstProvider = own.filter(({ provider }) => provider === own[0]?.provider)
  return atFirstProvider.sort(compareBest).slice(0, 1)
}

/** The date in the id decides before the release date, which an alias shares with the row it points to. */
function rowsOfDate(rows: readonly Row[], date: string | undefined): Row[] {
  if (date === undefined) return []
  const named = rows.filter(({ value }) => fullDateIn(value)?.startsWith(date))
  return named.length > 0 ? named : rows.filter((row) => releaseDateOf(row)?.startsWith(date))
}

const releaseDateOf = ({ listed, measured }: Row): string | undefined =>
  listed?.facts.releaseDate ?? measured?.facts.releaseDate

/** For each metric, the highest score among the row's own entries, else the highest of the family. */
function layersOf(entries: readonly ScoreStatement[], ofRow: readonly ScoreStatement[]): Layer[] {
  const metrics = { ...highestOf(entries), ...highestOf(ofRow) }
  return [...new Set(entries.map(({ source }) => source))].sort().flatMap((source): Layer[] => {
    const stated = Object.keys(highestOf(entries.filter((entry) => entry.source === source)))
    const ofSource = Object.entries(metrics).filter(([metric]) => stated.includes(metric))
    return ofSource.length === 0 ? [] : [{ source, facts: { metrics: Object.fromEntries(ofSource) } }]
  })
}

function highestOf(entries: readonly ScoreStatement[]): Scores {
  const highest: Scores = {}
  for (const { metrics } of entries)
    for (const metric of ['epochCapabilitiesIndex', 'arenaText'] as const) {
      const score = metrics[metric]
      if (score !== undefined) highest[metric] = Math.max(score, highest[metric] ?? score)
    }
  return highest
}
