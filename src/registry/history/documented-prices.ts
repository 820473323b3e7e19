/**
 * The prices that an override documents of a model, as of each commit: from the commit that took a change of the override
 * on. Where the override lapsed, what it documents ends.
 */
import type { ModelOverride } from '../../core/overrides/override.ts'
import { momentOf, pricingOf, type ScheduledPrices } from '../../core/overrides/price-schedule.ts'
import type { DocumentedPrices } from '../../core/pricing/price-periods.ts'
import type { Database } from '../store/database.ts'
import { getState } from '../store/state.ts'
import { rowBySeq, toTime } from './history.ts'

export interface PriceQuery {
  provider: string
  value: string
  /** Without anything later than this commit. */
  asOf: number
}

/** What is documented from a commit on, until the next of these. */
export interface Documents {
  fromSeq: number
  prices: DocumentedPrices[]
}

/** Oldest first; empty where no override ever documented a price. */
export function documentsOf(db: Database, query: PriceQuery): Documents[] {
  const changes = readChanges(db, query)
  if (changes.every(({ prices }) => prices.length === 0)) return []
  const documents = changes.flatMap(({ id, prices }): Documents[] => {
    const fromSeq = firstCommitWith(db, id)
    return fromSeq === undefined ? [] : [{ fromSeq, prices: prices.map(documentedOf) }]
  })
  return [...documents, ...lapseOf(db, query, documents.at(-1))]
}

function readChanges(db: Database, { provider, value, asOf }: PriceQuery): { id: number; prices: ScheduledPrices[] }[] {
  const rows = db.sql.exec<{ id: number; body: string | null }>(
    'select id, body from overrides where provider = ? and value = ? and id <= ? order by id',
    provider,
    value,
    rowBySeq(db, asOf)?.overrideId ?? 0,
  )
  return rows.toArray().map(({ id, body }) => {
    const override: Partial<ModelOverride> = body === null ? {} : JSON.parse(body) // written by `appendOverride`
    return { id, prices: override.prices ?? [] }
  })
}

function firstCommitWith({ sql }: Database, overrideId: number): number | undefined {
  return (
    sql.exec<{ seq: number | null }>('select min(seq) as seq from versions where override_id >= ?', overrideId).one()
      .seq ?? undefined
  )
}

function documentedOf(period: ScheduledPrices): DocumentedPrices {
  const { from, until, source, note } = period
  const end = until === undefined ? undefined : toTime(momentOf(until))
  return { from: toTime(momentOf(from)), until: end, pricing: pricingOf(period), source, note }
}

function lapseOf(db: Database, { provider, value, asOf }: PriceQuery, last: Documents | undefined): Documents[] {
  const lapses = getState(db, 'lapses') ?? []
  const lapse = lapses.find((one) => one.provider === provider && one.value === value && one.seq <= asOf)
  if (!lapse || !last) return []
  const since = toTime(lapse.since)
  const begun = last.prices.filter(({ from }) => from < since)
  const prices = begun.map((period) => ({
    ...period,
    until: period.until !== undefined && period.until < since ? period.until : since,
  }))
  return [{ fromSeq: Math.max(lapse.seq, last.fromSeq), prices }]
}
