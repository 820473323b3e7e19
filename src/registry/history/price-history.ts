/**
 * The prices of a model over time, as of a commit: those of its revisions, each from the commit that recorded it, and
 * those that overrides document. Backfilled prices count as documented, because this registry did not observe them.
 */
import { observedPrices, type PricedCommit } from '../../core/pricing/observed-prices.ts'
import { pricePeriods } from '../../core/pricing/price-periods.ts'
import type { PricePeriod } from '../../core/schema/price-period.ts'
import { MODELS_DEV } from '../../sources/models-dev/models-dev.ts'
import type { Database } from '../store/database.ts'
import type { CommitRow } from '../store/tables.ts'
import { type Documents, documentsOf, type PriceQuery } from './documented-prices.ts'
import { rowBySeq } from './history.ts'

/** `undefined` if the model did not exist up to the commit. */
export function pricesOfModel(db: Database, query: PriceQuery): PricePeriod[] | undefined {
  const revisions = readRevisions(db, query)
  if (revisions.length === 0) return undefined
  const documents = documentsOf(db, query)
  const seqs = [...changesOf(revisions), ...documents.flatMap((one) => commitsOf(db, one))]
  const first = revisions[0]?.fromSeq ?? 0
  const wanted = [...new Set(seqs)].filter((seq) => seq >= first && seq <= query.asOf).sort((a, b) => a - b)
  const commits = wanted.map((seq) => commitAt(db, seq, revisions, documents))
  return pricePeriods(observedPrices(commits), documents.at(-1)?.prices ?? [])
}

interface PricedRevision {
  fromSeq: number
  toSeq: number | undefined
  /** Pricing as JSON. */
  pricing: string | undefined
}

function readRevisions({ sql }: Database, { provider, value, asOf }: PriceQuery): PricedRevision[] {
  const rows = sql
    .exec(
      `select r.from_seq, case when r.to_seq <= ?3 then r.to_seq end, r.body -> '$.pricing'
        from entities e join revisions r on r.entity_id = e.id
        where e.kind = 'model' and e.provider = ?1 and e.value = ?2 and r.from_seq <= ?3 order by r.from_seq`,
      provider,
      value,
      asOf,
    )
    .raw<[number, number | null, string | null]>()
  return Array.from(rows, ([fromSeq, toSeq, pricing]) => {
    return { fromSeq, toSeq: toSeq ?? undefined, pricing: pricing ?? undefined }
  })
}

/** The commits at which the price changed, or the model was added or removed. */
function changesOf(revisions: readonly PricedRevision[]): number[] {
  return revisions.flatMap(({ fromSeq, toSeq, pricing }, index) => {
    const before = revisions[index - 1]
    const isSame = before?.toSeq === fromSeq && before.pricing === pricing
    const isLast = toSeq !== undefined && revisions[index + 1]?.fromSeq !== toSeq
    return [...(isSame ? [] : [fromSeq]), ...(isLast ? [toSeq] : [])]
  })
}

/** The commit from which the prices are documented, and the first commit at or after each start and end of a price. */
function commitsOf({ sql }: Database, { fromSeq, prices }: Documents): number[] {
  const moments = prices.flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [until])])
  const commits = moments.flatMap((moment) =>
    sql
      .exec<{ seq: number }>(
        'select seq from versions where committed_at >= ? order by committed_at limit 1',
        Date.parse(moment),
      )
      .toArray(),
  )
  return [fromSeq, ...commits.map(({ seq }) => seq)]
}

function commitAt(
  db: Database,
  seq: number,
  revisions: readonly PricedRevision[],
  documents: readonly Documents[],
): PricedCommit {
  const { committedAt, cause } = requireCommit(db, seq)
  const since = seq > 1 ? requireCommit(db, seq - 1).committedAt : 0
  const { pricing } = revisions.find(({ fromSeq, toSeq = seq + 1 }) => fromSeq <= seq && seq < toSeq) ?? {}
  const document = documents.findLast(({ fromSeq }) => fromSeq <= seq)
  const documented = document?.prices ?? []
  return {
    ...{ at: committedAt, since, documented, isKnown: document?.fromSeq !== seq },
    ...(pricing !== undefined && { pricing: JSON.parse(pricing) }),
    ...(cause === 'backfill' ? { basis: 'documented', source: MODELS_DEV.name } : { basis: 'observed' }),
  }
}

function requireCommit(db: Database, seq: number): CommitRow {
  const row = rowBySeq(db, seq)
  if (!row) throw new Error(`Cannot read prices: commit ${seq} is missing`)
  return row
}
