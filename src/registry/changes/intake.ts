/**
 * Takes a validated pull into the memory: record it, build, commit, all in one synchronous transaction.
 * A pull that cannot be built or stored changes nothing but the record.
 */
import type { BuildSettings } from '../../config.ts'
import type { SourcePull } from '../../core/build/statement.ts'
import { type FailureOf, fail, ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import type { Cause } from '../../core/vocabulary.ts'
import { sourceFailure } from '../../sources/artificial-analysis/read-pull.ts'
import { modelsDevFailure } from '../../sources/models-dev/read-catalogue.ts'
import { type Built, build, buildLatest, buildRecorded, commitBuilt, readRecorded } from '../build/builder.ts'
import { recallPull, rememberPull } from '../build/known-pull.ts'
import { newestRow, toTime } from '../history/history.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import {
  digestOfPages,
  findPull,
  insertPull,
  lastAcceptedPull,
  type NewPull,
  outcomeOfPull,
  type PullSummary,
  packPayload,
  readPayload,
  updatePull,
} from '../store/pulls.ts'
import { getSetting, putSetting } from '../store/settings.ts'
import { reasonsToHold } from './hold.ts'

export interface Arrival {
  pull: SourcePull
  pages: unknown[]
  /** Of the pages, if it is known already. */
  digest?: string
  /** Unix milliseconds. */
  at: number
  origin: PullSummary['origin']
  forced: boolean
  rateLimitRemaining?: number
}

/** Records a pull and, unless it lost too much, builds and commits it. */
export function takePull(db: Database, arrival: Arrival, settings: BuildSettings): Result<Outcome, SourceFailure> {
  const { pull, pages, at, origin, forced, rateLimitRemaining } = arrival
  const payload = packPayload({ fetchedAt: new Date(at).toISOString(), pages })
  if (!fitsInRow(payload))
    return sourceFailure('too-large', 'its pages exceed 1.9 MB compressed, more than one row can hold')
  const digest = arrival.digest ?? digestOfPages(pages)

  return db.transaction(() => {
    const built = build(db, pull, settings)
    if (!built.ok) return built
    const { models, providers } = built.value.sources
    const counts = { models: models.length, providers: providers.length }
    const record = { at, origin, forced, tier: pull.tier, indexVersion: pull.indexVersion, ...counts }
    const reasons = forced ? [] : reasonsToHold(db, { at, pull }, (known) => readKnown(db, known))
    const hold = reasons.length > 0 ? { reasons } : {}
    const id = insertPull(db, { ...record, ...hold, outcome: 'held', rateLimitRemaining, digest, payload })
    if (reasons.length === 0) {
      accept(db, { id, at, origin, built: built.value })
      rememberPull(db, digest, pull)
    }
    return ok(outcomeOfPull(db, id))
  })
}

/** Records a pull of the second source where it leads, and commits what is known of it. */
export function takeLatest(
  db: Database,
  record: Omit<NewPull, 'outcome'>,
  settings: BuildSettings,
): Result<Outcome, SourceFailure> {
  return db.transaction(() => {
    const built = buildLatest(db, settings)
    if (!built.ok) return built
    if (!built.value) return modelsDevFailure('invalid', 'nothing of it is known yet')
    const { models, providers } = built.value.sources
    const counts = { models: models.length, providers: providers.length }
    const id = insertPull(db, { ...record, ...counts, outcome: 'unchanged' })
    settle(db, { id, cause: 'enrichment', at: record.at, built: built.value })
    return ok(outcomeOfPull(db, id))
  })
}

/** Takes a held or rejected pull after all. An imported one keeps its own time, a live one is current from now on. */
export function acceptPull(db: Database, id: number, settings: BuildSettings, now: number): Result<Outcome> {
  return db.transaction(() => {
    const known = findPull(db, id)
    if (!known) return noPull(id)
    if (known.outcome !== 'held' && known.outcome !== 'rejected')
      return conflict(`Cannot accept pull ${id}: it is ${known.outcome}, not held`)
    if (settings.leading !== 'artificial-analysis') return conflict(`Cannot accept pull ${id}: AA_TIER is off`)
    const last = lastAcceptedPull(db)
    if (last && known.at <= last.at)
      return conflict(
        `Cannot accept pull ${id}: it is of ${toTime(known.at)}, the last accepted one of ${toTime(last.at)}`,
      )
    if (!readPayload(db, id))
      return conflict(`Cannot accept pull ${id}: its payload was not in the backup that the registry was restored from`)
    const recorded = buildRecorded(db, id, settings)
    if (!recorded.ok) return recorded
    const at = known.origin === 'live' ? now : known.at
    accept(db, { id, at, origin: known.origin, built: recorded.value })
    return ok(outcomeOfPull(db, id))
  })
}

/** A held pull that is rejected never counts, neither as current nor to confirm a loss. */
export function rejectPull(db: Database, id: number): Result<Outcome> {
  const known = findPull(db, id)
  if (!known) return noPull(id)
  if (known.outcome !== 'held' && known.outcome !== 'rejected')
    return conflict(`Cannot reject pull ${id}: it is ${known.outcome}, not held`)
  updatePull(db, id, { outcome: 'rejected' })
  return ok(outcomeOfPull(db, id))
}

interface Settlement {
  id: number
  cause: Cause
  at: number
  built: Built
}

function accept(
  db: Database,
  { origin, ...settlement }: Omit<Settlement, 'cause'> & Pick<PullSummary, 'origin'>,
): void {
  settle(db, { ...settlement, cause: origin === 'live' ? 'pull' : 'import' })
  putSetting(db, 'acceptedPull', settlement.id)
}

/** While a rollback is in force a pull is taken as the newest truth, but makes no row. */
function settle(db: Database, { id, cause, at, built }: Settlement): void {
  const row = commitBuilt(db, built, { cause, at, pullId: id })
  const outcome = getSetting(db, 'pin') ? 'pinned' : row ? 'committed' : 'unchanged'
  updatePull(db, id, { outcome, seq: (row ?? newestRow(db))?.seq })
}

function readKnown(db: Database, { id, digest }: PullSummary): SourcePull | undefined {
  const remembered = recallPull(db, digest)
  if (remembered) return remembered
  const recorded = readRecorded(db, id)
  return recorded.ok ? recorded.value : undefined
}

function noPull(id: number): { ok: false; failure: FailureOf<'not-found'> } {
  return fail({ code: 'not-found', detail: `Cannot find pull ${id}: there is no such pull` })
}

function conflict(detail: string): { ok: false; failure: FailureOf<'conflict'> } {
  return fail({ code: 'conflict', detail })
}
