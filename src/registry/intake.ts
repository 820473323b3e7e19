/**
 * Takes a validated pull into the memory: record it, build, commit, all in one synchronous transaction.
 * A pull that cannot be built or stored changes nothing but the record.
 */

import { canonicalize } from '../core/canonical.ts'
import { BUILD_VERSION, type Build, buildCatalogue } from '../core/catalogue.ts'
import { ok, type Result, type SourceFailure } from '../core/failure.ts'
import type { Cause, Outcome } from '../core/schema.ts'
import type { IqThresholds } from '../core/score.ts'
import type { SourcePull } from '../core/source-pull.ts'
import { readPull, sourceFailure } from '../sources/artificial-analysis.ts'
import { AA_CREATORS } from '../sources/artificial-analysis-creators.ts'
import { commitCatalogue } from './commit.ts'
import { type Database, fitsInRow } from './database.ts'
import { newestRow } from './history.ts'
import {
  digestOfPages,
  insertPull,
  lastAcceptedPull,
  outcomeOfPull,
  type PullSummary,
  packPayload,
  readPayload,
  updatePull,
} from './pulls.ts'
import { getSetting, putSetting } from './settings.ts'
import { creatorProviders, type VersionRow } from './tables.ts'

export interface Arrival {
  pull: SourcePull
  pages: unknown[]
  /** Unix milliseconds. */
  at: number
  origin: PullSummary['origin']
  forced: boolean
  rateLimitRemaining?: number
}

export function takePull(db: Database, arrival: Arrival, iqThresholds: IqThresholds): Result<Outcome, SourceFailure> {
  const { pull, pages, at, origin, forced, rateLimitRemaining } = arrival
  const payload = packPayload({ fetchedAt: new Date(at).toISOString(), pages })
  if (!fitsInRow(payload))
    return sourceFailure('too-large', 'its pages exceed 1.9 MB compressed, more than one row can hold')
  const digest = digestOfPages(pages)

  return db.transaction(() => {
    const built = build(db, pull, iqThresholds)
    if (!built.ok) return built
    const record = { at, origin, forced, tier: pull.tier, indexVersion: pull.indexVersion, models: pull.rows.length }
    const id = insertPull(db, { ...record, outcome: 'unchanged', rateLimitRemaining, digest, payload })
    const row = commit(db, built.value, pull, { cause: origin === 'live' ? 'pull' : 'import', at, pullId: id })
    const outcome = row ? 'committed' : 'unchanged'
    updatePull(db, id, { outcome, seq: (row ?? newestRow(db))?.seq })
    putSetting(db, 'builtWith', buildKey(iqThresholds))
    return ok(outcomeOfPull(db, id))
  })
}

/** Builds the last accepted pull again, after settings or code changed. A new row only if the catalogue differs. */
export function rebuild(
  db: Database,
  iqThresholds: IqThresholds,
  now: number,
): Result<VersionRow | undefined, SourceFailure> {
  return db.transaction(() => {
    const last = lastAcceptedPull(db)
    const payload = last && readPayload(db, last.id)
    if (!payload) return ok(undefined)
    const pull = readPull(payload.pages)
    if (!pull.ok) return pull
    const built = build(db, pull.value, iqThresholds)
    if (!built.ok) return built
    putSetting(db, 'builtWith', buildKey(iqThresholds))
    return ok(commit(db, built.value, pull.value, { cause: 'rebuild', at: now, pullId: last.id }))
  })
}

/** Whether the current catalogue was built with other settings or by other code. */
export function needsRebuild(db: Database, iqThresholds: IqThresholds): boolean {
  return newestRow(db) !== undefined && getSetting(db, 'builtWith') !== buildKey(iqThresholds)
}

function buildKey(iqThresholds: IqThresholds): string {
  return canonicalize({ build: BUILD_VERSION, iqThresholds })
}

function build(db: Database, pull: SourcePull, iqThresholds: IqThresholds) {
  const remembered = db.tables.select().from(creatorProviders).all()
  const names = Object.fromEntries(remembered.map(({ creatorId, provider }) => [creatorId, provider]))
  return buildCatalogue({ pull, iqThresholds, names, reserved: AA_CREATORS.values() })
}

function commit(
  db: Database,
  { catalogue, names }: Build,
  { attribution }: SourcePull,
  context: { cause: Cause; at: number; pullId: number },
): VersionRow | undefined {
  for (const [creatorId, provider] of Object.entries(names))
    db.tables.insert(creatorProviders).values({ creatorId, provider }).onConflictDoNothing().run()
  return commitCatalogue(db, { catalogue, attribution, ...context })
}
