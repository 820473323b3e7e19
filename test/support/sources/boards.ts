/** Replies of Epoch and Arena with defaults; all scores are made up. */

const HEADER = ['Model', 'eci', 'date', 'Organization']

/** The name and index of a model, and other facts that differ from the defaults. */
export interface EciRow {
  name: string
  eci: number | string
  date?: string
  organization?: string
}

export function eciCsv(rows: readonly EciRow[], columns = HEADER): string {
  const lines = rows.map((row) => columns.map((column) => quoted(cellOf(row, column))).join(','))
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

function cellOf({ name, eci, date = '2026-01-15', organization = 'OpenAI' }: EciRow, column: string): string {
  const cells: Record<string, string> = { Model: name, eci: String(eci), date, Organization: organization }
  return cells[column] ?? 'x'
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export interface ArenaRow {
  name: string
  rating: unknown
  votes?: number
  category?: string
}

function arenaRow({ name, rating, votes = 1000, category = 'overall' }: ArenaRow): object {
  const date = '2026-08-12'
  return { model_name: name, rating, vote_count: votes, category, leaderboard_publish_date: date, organization: null }
}

/** The reply to a request of the dataset server. */
export function arenaPage(rows: readonly ArenaRow[], offset = 0, length = 100): object {
  const listed = rows
    .slice(offset, offset + length)
    .map((row, index) => ({ row_idx: offset + index, row: arenaRow(row) }))
  return { rows: listed, num_rows_total: rows.length, partial: false }
}

export const ARENA_CARD = { id: 'lmarena-ai/leaderboard-dataset', cardData: { license: 'cc-by-4.0' } }
