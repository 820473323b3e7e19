/** The differences between sources for every model, except rounding differences. Pure. */
import type { Entry } from '../build/precedence.ts'
import { compareModels } from '../model-order.ts'
import type { Disagreement } from '../schema/operations.ts'
import { type Difference, differencesOf } from './differences.ts'

/** Sorted by provider, value, path. */
export function disagreementsOf(entries: readonly Entry[]): Disagreement[] {
  const ofTwo = entries.filter(({ row, family }) => row.measured && (row.listed || family.head))
  return ofTwo
    .sort((a, b) => compareModels(a.row, b.row))
    .flatMap((entry) => {
      const { provider, value } = entry.row
      const differences = differencesOf(entry).filter((difference) => !isRounding(difference))
      return differences.map((difference) => ({ provider, value, ...difference }))
    })
}

/** Both 1,000,000 and 1,048,576 tokens are called one million. */
const TOKEN_ROUNDING = 0.05
const AMOUNT_ROUNDING = 0.01

function isRounding({ path, kept, dropped }: Difference): boolean {
  const [a, b] = [kept.fact, dropped.fact]
  if (typeof a === 'string' && typeof b === 'string') return DATES.has(path) && isSameDate(a, b)
  if (typeof a !== 'number' || typeof b !== 'number') return false
  const share = path.startsWith('metrics.') ? TOKEN_ROUNDING : AMOUNT_ROUNDING
  return Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b))
}

const DATES: ReadonlySet<string> = new Set(['releaseDate', 'lastUpdated', 'knowledgeCutoff'])
/** Days begin at different times around the world. */
const DATE_ROUNDING_MS = 24 * 3600_000

/** A month equals each of its days. */
function isSameDate(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a) || Math.abs(Date.parse(a) - Date.parse(b)) <= DATE_ROUNDING_MS
}
