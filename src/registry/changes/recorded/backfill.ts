/**
 * Fills a registry with past days of models.dev, oldest first, each as one commit at the moment that it replays. Accepted
 * only while the registry has nothing but backfills, so that no commit is ever inserted before another. The guard is not
 * applied to the past, but content that could not be served is refused.
 *
 * The first pull after a backfill has no accepted pull to be compared with, so it is not guarded either. That is
 * intended: months may lie between them, and a guard that is tuned to days would hold changes that are normal for months.
 */
import * as z from 'zod'
import type { BuildSettings } from '../../../config.ts'
import { type FailureOf, fail, ok, type Result } from '../../../core/failure.ts'
import { checkSize } from '../../../core/guard/check-size.ts'
import { sumOfTotals } from '../../../core/guard/totals.ts'
import { Outcome } from '../../../core/schema/operations.ts'
import { applyDelta, checkListed, type ListedRows, toListedRows, toShare } from '../../../sources/models-dev/delta.ts'
import { MODELS_DEV } from '../../../sources/models-dev/models-dev.ts'
import { buildAccepted } from '../../build/builder.ts'
import { outcomeOfCommit, toTime } from '../../history/history.ts'
import { deleteAccepted, listAccepted, readAcceptedShare, shareOf } from '../../store/accepted.ts'
import type { Database } from '../../store/database.ts'
import { getState, sourceState, updateSourceState } from '../../store/state.ts'
import type { CommitRow } from '../../store/tables.ts'
import { acceptShare } from '../pulls/ingest.ts'
import { commitBuilt } from '../rebuild.ts'
import { type BackfillDay, invalidDays, readBackfillDays } from './backfill-days.ts'

export const BackfillState = z.object({
  lastAt: z.iso.datetime().optional().meta({ description: 'The time of the last replayed day' }),
  commits: z.int().meta({ description: 'The number of commits made by backfills' }),
})
export type BackfillState = z.infer<typeof BackfillState>

export const BackfillOutcome = Outcome.extend(BackfillState.shape)
export type BackfillOutcome = z.infer<typeof BackfillOutcome>

export function backfillState(db: Database): BackfillState {
  const { backfilledTo } = sourceState(db, MODELS_DEV.name)
  const commits = countOf(db, `versions where cause = 'backfill'`)
  return { ...(backfilledTo !== undefined && { lastAt: toTime(backfilledTo) }), commits }
}

/** Replays all days of a request, or none. */
export function backfill(
  db: Database,
  bytes: Uint8Array,
  { settings, now }: { settings: BuildSettings; now: number },
): Result<BackfillOutcome> {
  if (settings.off.includes(MODELS_DEV.name))
    return fail({ code: 'configuration', detail: 'Cannot backfill: the source models.dev is disabled' })
  const other = findOther(db)
  if (other) return conflict(other)
  const days = readBackfillDays(bytes, { lastAt: sourceState(db, MODELS_DEV.name).backfilledTo, now })
  if (!days.ok) return days
  return db.attempt(() => {
    const taken = takeDays(db, days.value, { settings, now })
    if (!taken.ok) return taken
    const { outcome, version, seq } = outcomeOfCommit(db, taken.value)
    return ok({ outcome, ...(version && { version, seq }), ...backfillState(db) })
  })
}

/** What a registry may store besides backfills. A failed pull does not count. */
const OTHERS: Record<string, string> = {
  'a pull': `pulls where outcome <> 'failed'`,
  'an override': 'overrides',
  'a commit that is not a backfill': `versions where cause <> 'backfill'`,
}

function findOther(db: Database): string | undefined {
  if (getState(db, 'pin')) return 'a rollback'
  return Object.keys(OTHERS).find((name) => countOf(db, OTHERS[name] ?? '') > 0)
}

function countOf({ sql }: Database, rows: string): number {
  return sql.exec<{ count: number }>(`select count(*) as count from ${rows}`).one().count
}

/** The accepted rows of each provider, unpacked once for all days. */
type Listing = Map<string, ListedRows | undefined>

interface Writing {
  settings: BuildSettings
  /** Unix milliseconds. */
  now: number
  listing: Listing
}

/** Returns the newest commit; `undefined` if no day made one. */
function takeDays(
  db: Database,
  days: readonly BackfillDay[],
  writing: Omit<Writing, 'listing'>,
): Result<CommitRow | undefined> {
  const listing: Listing = new Map()
  let newest: CommitRow | undefined
  for (const day of days) {
    const taken = takeDay(db, day, { ...writing, listing })
    if (!taken.ok) return taken
    newest = taken.value ?? newest
  }
  return ok(newest)
}

function takeDay(
  db: Database,
  { at, delta }: BackfillDay,
  { settings, now, listing }: Writing,
): Result<CommitRow | undefined> {
  const refuse = (message: string) => invalidDays([{ field: `the day ${toTime(at)}`, message }])
  const changed = applyDelta(delta, (provider) => findListed(db, listing, provider))
  if (typeof changed === 'string') return refuse(changed)
  const problem = acceptListed(db, changed)
  if (problem !== undefined) return refuse(problem)
  for (const [provider, rows] of changed) listing.set(provider, rows)
  const built = buildAccepted(db, settings, { at })
  if (!built.ok) return refuse(built.failure.detail)
  const row = built.value && commitBuilt(db, built.value, { cause: 'backfill', at, recordedAt: now })
  updateSourceState(db, MODELS_DEV.name, { confirmedAt: at, backfilledTo: at })
  return ok(row)
}

function findListed(db: Database, listing: Listing, provider: string): ListedRows | undefined {
  if (listing.has(provider)) return listing.get(provider)
  const share = readAcceptedShare(db, MODELS_DEV.name, provider)
  const rows = share && toListedRows(JSON.parse(share.text))
  listing.set(provider, rows)
  return rows
}

/** Returns a text if a provider is invalid. */
function acceptListed(db: Database, changed: ReadonlyMap<string, ListedRows | undefined>): string | undefined {
  for (const [provider, rows] of changed) {
    const problem = rows && checkListed(provider, rows)
    if (problem !== undefined) return `provider "${provider}" ${problem}`
    if (!rows) deleteAccepted(db, MODELS_DEV.name, provider)
    else acceptShare(db, MODELS_DEV, shareOf(provider, toShare(rows)), null)
  }
  const { rows } = sumOfTotals(listAccepted(db, MODELS_DEV.name).map(({ totals }) => totals))
  return rows === 0 ? 'it leaves no rows' : checkSize({ rows, bytes: 0 })?.text
}

function conflict(other: string): { ok: false; failure: FailureOf<'conflict'> } {
  const detail = `Cannot backfill: the registry already has ${other}. Start from an empty registry`
  return fail({ code: 'conflict', detail })
}
