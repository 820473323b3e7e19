/**
 * Simulates years of a source: a pull for every day, the same in every run. A day changes the speeds of most models that
 * change, the prices of a few, adds some and removes as many; some return later.
 */
import { createRow, hasPrice, hasSpeed, type MadeUpRow, movePrice, moveSpeed } from './made-up-row.ts'
import { Chance } from './seeded-chance.ts'

/** Long ago, so that no day is in the future. */
const FIRST_DAY = Date.parse('2000-01-01T02:00:00.000Z')
const DAY_MS = 86_400_000
const PAGE_SIZE = 200
const INDEX_VERSION = 4.1
/** Of the changes of a day; measured on AA: 2.2 prices, 1.7 additions and 0.7 removals among 267. */
const PRICE_SHARE = 0.012
const TURNOVER_SHARE = 0.008
const RETURN_SHARE = 0.1

interface MadeUpPage {
  tier: string
  intelligence_index_version: number
  pagination: object
  data: MadeUpRow[]
}

export interface MadeUpDay {
  fetchedAt: string
  pages: MadeUpPage[]
}

export function* madeUpDays(days: number, models: number, changed: number): Generator<MadeUpDay> {
  const chance = new Chance(1)
  let rows = Array.from({ length: models }, (_, number) => createRow(number, chance))
  const gone: MadeUpRow[] = []
  let made = models
  for (let day = 0; day < days; day++) {
    if (day > 0) {
      const turnover = Math.ceil(changed * TURNOVER_SHARE)
      const removed = new Set(chance.pick(rows, turnover))
      rows = rows.filter((row) => !removed.has(row))
      moveDay(rows, changed - 2 * turnover, chance)
      for (let count = 0; count < turnover; count++)
        rows.push((chance.next() < RETURN_SHARE && gone.shift()) || createRow(made++, chance))
      gone.push(...removed)
    }
    yield { fetchedAt: new Date(FIRST_DAY + day * DAY_MS).toISOString(), pages: pagesOf(rows) }
  }
}

function moveDay(rows: MadeUpRow[], changed: number, chance: Chance): void {
  const priced = chance.pick(rows.filter(hasPrice), Math.ceil(changed * PRICE_SHARE))
  const others = rows.filter((row) => hasSpeed(row) && !priced.includes(row))
  for (const row of priced) movePrice(row, chance)
  for (const row of chance.pick(others, changed - priced.length)) moveSpeed(row, chance)
}

/** AA orders its rows by id. */
function pagesOf(rows: MadeUpRow[]): MadeUpPage[] {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const total = Math.ceil(sorted.length / PAGE_SIZE)
  return Array.from({ length: total }, (_, index) => ({
    tier: 'free',
    intelligence_index_version: INDEX_VERSION,
    pagination: { page: index + 1, page_size: PAGE_SIZE, total_pages: total, has_more: index + 1 < total },
    data: sorted.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
  }))
}
