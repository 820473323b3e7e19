/**
 * The prices that overrides document for a model, as of each commit: a change of an override counts from the first commit
 * made with it. The prices of a lapsed override end when it lapses.
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
  /** Ignore everything after this commit. */
  asOf: number
}

/** The prices documented from a commit on, until the next one of these. */
export interface Documents {
  fromSeq: number
  prices: DocumentedPrices[]
}

/** Oldest first; empty if no override ever documented a price. */
export function documentsOf(db: Database, query: PriceQuery): Documents[] {
  const changes = readChanges(db, query)
  if (changes.every(({ prices }) => prices.length === 0)) return []
  const documents = changes.flatMap(({ id, prices }): Documents[] => {
    const fromSeq = firstCommitWith(db, id)
    return fromSeq === undefined ? [] : [{ fromSeq, prices: prices.map(documentedOf) }]
  })
  const lapses = lapsesOf(db, query)
  const seqs = [...documents.map(({ fromSeq }) => fromSeq), ...lapses.flatMap(({ seq, untilSeq }) => [seq, untilSeq])]
  const wanted = [...new Set(seqs)].filter((seq) => seq <= query.asOf).sort((a, b) => a - b)
  return wanted.flatMap((seq): Documents[] => {
    const document = documents.findLast(({ fromSeq }) => fromSeq <= seq)
    return document ? [{ fromSeq: seq, prices: pricesHolding(document, lapses, seq) }] : []
  })
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

/** A time during which an override was lapsed, and the commits at which that began and ended. */
interface LapsedTime {
  since: number
  seq: number
  until: number
  untilSeq: number
}

function lapsesOf(db: Database, { provider, value }: PriceQuery): LapsedTime[] {
  const open = { until: Number.POSITIVE_INFINITY, untilSeq: Number.POSITIVE_INFINITY }
  const lapses = [
    ...(getState(db, 'pastLapses') ?? []),
    ...(getState(db, 'lapses') ?? []).map((lapse) => ({ ...lapse, ...open })),
  ]
  return lapses.filter((lapse) => lapse.provider === provider && lapse.value === value)
}

/** The prices as of a commit, without the times during which the override was lapsed. Earlier lapses do not count. */
function pricesHolding({ fromSeq, prices }: Documents, lapses: readonly LapsedTime[], seq: number): DocumentedPrices[] {
  return lapses
    .filter((lapse) => lapse.seq <= seq && lapse.untilSeq > fromSeq)
    .reduce((held, { since, until, untilSeq }) => {
      const end = untilSeq <= seq ? until : Number.POSITIVE_INFINITY
      return held.flatMap((period) => cutOut(period, since, end))
    }, prices)
}

function cutOut(period: DocumentedPrices, since: number, end: number): DocumentedPrices[] {
  const from = Date.parse(period.from)
  const until = period.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(period.until)
  return [
    ...(from < since ? [{ ...period, until: until <= since ? period.until : toTime(since) }] : []),
    ...(until > end ? [{ ...period, from: from >= end ? period.from : toTime(end) }] : []),
  ]
}
