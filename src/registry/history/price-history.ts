/**
 * The prices of a model over time, as of a commit: those of its revisions, each from the commit that recorded it. What a
 * backfill replayed was not observed by this registry: it is documented.
 */
import { type ObservedPrices, pricePeriods } from '../../core/pricing/price-periods.ts'
import type { PricePeriod } from '../../core/schema/price-period.ts'
import type { Cause } from '../../core/vocabulary.ts'
import { MODELS_DEV } from '../../sources/models-dev/models-dev.ts'
import type { Database } from '../store/database.ts'
import { toTime } from './history.ts'

export interface PriceQuery {
  provider: string
  value: string
  /** Without anything later than this commit. */
  asOf: number
}

/** `undefined` if there was no such model up to the commit. */
export function pricesOfModel(db: Database, query: PriceQuery): PricePeriod[] | undefined {
  const revisions = readRevisions(db, query)
  if (revisions.length === 0) return undefined
  return pricePeriods(revisions.flatMap(observationsOf), [])
}

interface PricedRevision {
  at: number
  cause: Cause
  /** Pricing as JSON. */
  pricing: string | null
  /** Of the commit that ended it, if one did. */
  endedAt: number | null
  endCause: Cause | null
}

function readRevisions({ sql }: Database, { provider, value, asOf }: PriceQuery): PricedRevision[] {
  const rows = sql
    .exec(
      `select f.committed_at, f.cause, r.body -> '$.pricing', t.committed_at, t.cause
        from entities e join revisions r on r.entity_id = e.id
          join versions f on f.seq = r.from_seq left join versions t on t.seq = r.to_seq and t.seq <= ?3
        where e.kind = 'model' and e.provider = ?1 and e.value = ?2 and r.from_seq <= ?3 order by r.from_seq`,
      provider,
      value,
      asOf,
    )
    .raw<[number, Cause, string | null, number | null, Cause | null]>()
  return Array.from(rows, ([at, cause, pricing, endedAt, endCause]) => ({ at, cause, pricing, endedAt, endCause }))
}

/** Where no other revision follows at once, the model was gone. */
function observationsOf(revision: PricedRevision, index: number, all: PricedRevision[]): ObservedPrices[] {
  const { at, cause, pricing, endedAt, endCause } = revision
  const begin = { from: toTime(at), ...(pricing !== null && { pricing: JSON.parse(pricing) }), ...basisOf(cause) }
  if (endedAt === null || endCause === null || endedAt === all[index + 1]?.at) return [begin]
  return [begin, { from: toTime(endedAt), ...basisOf(endCause) }]
}

function basisOf(cause: Cause): Pick<ObservedPrices, 'basis' | 'source'> {
  return cause === 'backfill' ? { basis: 'documented', source: MODELS_DEV.name } : { basis: 'observed' }
}
