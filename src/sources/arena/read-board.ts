/**
 * Reads the rows of a board as named scores: the overall category, one rating for each name. If a name occurs twice,
 * the row with the most votes counts. Ratings are rounded to 5 points, about half the width of their confidence
 * intervals.
 */

import { isCalendarDay } from '../../core/calendar.ts'
import type { NamedScore, Unread } from '../../core/statements/statement.ts'
import { FieldReader, type JsonObject, textOf } from '../field-reader.ts'

const STEP = 5
/** Ratings ranged from 834 to 1508 in August 2026. */
const MAX_RATING = 10_000

export interface Board {
  scores: NamedScore[]
  unread: Unread[]
  /** When the board was published: YYYY-MM-DD. */
  date?: string
}

interface Rated {
  score: NamedScore
  votes: number
}

export function readBoard(rows: readonly JsonObject[]): Board {
  const fields = new FieldReader()
  const byName = new Map<string, Rated>()
  for (const row of rows.filter(({ category }) => category === 'overall')) {
    const rated = readRow(row, fields)
    const known = rated && byName.get(rated.score.name)
    if (rated && (!known || compareRated(rated, known) < 0)) byName.set(rated.score.name, rated)
  }
  const date = rows
    .flatMap(({ leaderboard_publish_date: day }) => (typeof day === 'string' && isCalendarDay(day) ? [day] : []))
    .sort()
    .at(-1)
  return {
    scores: [...byName.values()].map(({ score }) => score),
    unread: fields.unread(),
    ...(date !== undefined && { date }),
  }
}

function readRow(row: JsonObject, fields: FieldReader): Rated | undefined {
  const { model_name: name, rating, vote_count: votes, organization } = row
  const known = textOf(name)
  fields.startRow(known ?? '')
  if (known === undefined) return fields.reject('model_name', name)
  if (typeof rating !== 'number' || !(rating >= 0 && rating <= MAX_RATING)) return fields.reject('rating', rating)
  const maker = fields.text('organization', organization)
  const arenaText = Math.round(rating / STEP) * STEP
  return {
    score: {
      source: 'arena',
      name: known,
      ...(maker !== undefined && { organization: maker }),
      metrics: { arenaText },
    },
    votes: typeof votes === 'number' ? votes : 0,
  }
}

/** Most votes first, then the higher rating: the order of rows does not matter. */
function compareRated(a: Rated, b: Rated): number {
  return b.votes - a.votes || (b.score.metrics.arenaText ?? 0) - (a.score.metrics.arenaText ?? 0)
}
