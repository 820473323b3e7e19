/** Compares the shares of a pull with what was accepted last: which changed, and the rows for the guard to compare. */

import type { RowsByProvider } from '../../core/guard/guard-catalogue.ts'
import type { GuardedRow } from '../../core/guard/guarded-row.ts'
import { sumOfTotals, type Totals } from '../../core/guard/totals.ts'
import { mergeUnread } from '../../core/statements/merge-readings.ts'
import type { ModelStatement, RejectedRow, Unread } from '../../core/statements/statement.ts'
import type { Source, SourceReading } from '../../sources/source.ts'
import { acceptedReading, keptReadingOf, readingOf } from '../build/readings.ts'
import { type AcceptedSummary, listAccepted, type Share } from '../store/accepted.ts'
import type { Database } from '../store/database.ts'

export interface ComparedShares {
  shares: Share[]
  /** The shares that differ from the accepted ones. */
  changed: Share[]
  /** Providers that are accepted but not in the pull. */
  gone: string[]
  unread: Unread[]
  counts: { providers: number; models: number }
  /** "provider/value" of a row that is listed more than once. */
  repeated?: string
}

export function compareShares(db: Database, source: Source, shares: Share[]): ComparedShares {
  const accepted = new Map(listAccepted(db, source.name).map((share) => [share.provider, share]))
  const present = new Set(shares.map(({ provider }) => provider))
  const isAccepted = ({ provider, digest }: Share): boolean => accepted.get(provider)?.digest === digest
  const readings = shares.map((share) => (isAccepted(share) ? keptReadingOf : readingOf)(db, source, share))
  const summaries = readings.map(summaryOf)
  const repeated = summaries.find((summary) => summary.repeated !== undefined)?.repeated
  return {
    shares,
    changed: shares.filter((share) => !isAccepted(share)),
    gone: [...accepted.keys()].filter((provider) => !present.has(provider)),
    unread: mergeUnread(summaries.flatMap(({ unread }) => unread)),
    counts: {
      providers: new Set(summaries.flatMap(({ providers }) => providers)).size,
      models: summaries.reduce((sum, { models }) => sum + models, 0),
    },
    ...(repeated !== undefined && { repeated }),
  }
}

interface Summary {
  /** The providers of its rows. */
  providers: string[]
  models: number
  unread: Unread[]
  repeated: string | undefined
}

/** Memoized, because most readings of a pull are cached ones. */
const summaries = new WeakMap<SourceReading, Summary>()

/** Shares of different providers have no row in common, so a row can be repeated only within a share. */
function summaryOf(reading: SourceReading): Summary {
  const { models, scores = [], unread, rejected } = reading
  const summary = summaries.get(reading) ?? {
    providers: [...new Set(models.map(({ provider }) => provider))],
    models: models.length + scores.length,
    unread: [...unread, ...rejected.map(unreadRow)],
    repeated: repeatedRow(models),
  }
  summaries.set(reading, summary)
  return summary
}

/** A rejected row is reported with the unread values. */
function unreadRow({ provider, id, reason }: RejectedRow): Unread {
  return { field: 'row', count: 1, example: `${provider}/${id} ${reason}` }
}

/** A build cannot distinguish such rows. Found here, the error fails only this source. */
function repeatedRow(models: readonly ModelStatement[]): string | undefined {
  const seen = new Set<string>()
  for (const { provider, value } of models) {
    const key = `${provider}/${value}`
    if (seen.has(key)) return key
    seen.add(key)
  }
  return undefined
}

/** The rows of changed shares, on both sides, and the totals of unchanged ones. */
export function rowsToGuard(
  db: Database,
  source: Source,
  { changed, gone }: ComparedShares,
): { previous: RowsByProvider; next: RowsByProvider; unchanged: Totals } {
  const touched = new Set([...changed.map(({ provider }) => provider), ...gone])
  const accepted = listAccepted(db, source.name)
  const isTouched = ({ provider }: AcceptedSummary) => touched.has(provider)
  const previous = accepted
    .filter(isTouched)
    .map((share) => [share.provider, rowsOfReading(source, acceptedReading(db, source, share))] as const)
  return {
    previous: new Map(previous),
    next: new Map(changed.map((share) => [share.provider, guardedRows(db, source, share)])),
    unchanged: sumOfTotals(accepted.filter((share) => !isTouched(share)).map(({ totals }) => totals)),
  }
}

export function guardedRows(db: Database, source: Source, share: Share): GuardedRow[] {
  return rowsOfReading(source, readingOf(db, source, share))
}

function rowsOfReading(source: Source, { models, scores = [] }: SourceReading): GuardedRow[] {
  return [
    ...models.map(({ provider, value, id, name, facts: { pricing, metrics } }) => ({
      ...{ provider, value, id, name },
      input: pricing?.input,
      output: pricing?.output,
      speed: metrics?.outputTokensPerSecond,
      score: metrics?.intelligenceIndex,
    })),
    // A board has no providers, so the source stands in as the provider of its rows.
    ...scores.map(({ name, metrics: { epochCapabilitiesIndex, arenaText } }) => ({
      ...{ provider: source.name, value: name, score: epochCapabilitiesIndex ?? arenaText },
    })),
  ]
}
