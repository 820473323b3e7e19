/**
 * Builds the catalogue of a pull with everything the memory adds to it (names, overrides, settings), and commits it.
 * Must run inside a transaction.
 */
import { canonicalize } from '../core/canonical.ts'
import { BUILD_VERSION, buildCatalogue } from '../core/catalogue.ts'
import { ok, type Result, type SourceFailure } from '../core/failure.ts'
import { applyOverrides, type Overridden } from '../core/override.ts'
import type { ProviderNames } from '../core/provider-names.ts'
import type { Catalogue, Cause } from '../core/schema.ts'
import type { IqThresholds } from '../core/score.ts'
import type { SourcePull } from '../core/source-pull.ts'
import { readPull } from '../sources/artificial-analysis.ts'
import { AA_CREATORS } from '../sources/artificial-analysis-creators.ts'
import { commitCatalogue } from './commit.ts'
import type { Database } from './database.ts'
import { neighbourText } from './diffs.ts'
import { newestRow } from './history.ts'
import { activeOverrides, plainOverrides, readRemembered, writeRemembered } from './override-record.ts'
import { lastAcceptedPull, readPayload } from './pulls.ts'
import { getSetting, putSetting } from './settings.ts'
import { creatorProviders, type VersionRow } from './tables.ts'

export interface Built extends Overridden {
  pull: SourcePull
  /** What the sources alone say. */
  sources: Catalogue
  names: ProviderNames
  iqThresholds: IqThresholds
}

export function build(db: Database, pull: SourcePull, iqThresholds: IqThresholds): Result<Built, SourceFailure> {
  const rows = db.tables.select().from(creatorProviders).all()
  const known = Object.fromEntries(rows.map(({ creatorId, provider }) => [creatorId, provider]))
  const built = buildCatalogue({ pull, iqThresholds, names: known, reserved: AA_CREATORS.values() })
  if (!built.ok) return built
  const { catalogue: sources, names } = built.value
  const overrides = plainOverrides(activeOverrides(db))
  const overridden = applyOverrides(sources, overrides, { iqThresholds, remembered: readRemembered(db) })
  return ok({ ...overridden, pull, sources, names, iqThresholds })
}

export function buildRecorded(db: Database, pullId: number, iqThresholds: IqThresholds): Result<Built, SourceFailure> {
  const pull = readPull(readPayload(db, pullId)?.pages ?? [])
  return pull.ok ? build(db, pull.value, iqThresholds) : pull
}

/** The new row, or `undefined` when the catalogue equals the current one or a rollback is in force. */
export function commitBuilt(
  db: Database,
  built: Built,
  context: { cause: Cause; at: number; pullId: number },
): VersionRow | undefined {
  for (const [creatorId, provider] of Object.entries(built.names))
    db.tables.insert(creatorProviders).values({ creatorId, provider }).onConflictDoNothing().run()
  writeRemembered(db, built.remembered)
  putSetting(db, 'orphaned', built.orphaned)
  if (getSetting(db, 'pin')) return undefined
  putSetting(db, 'builtWith', buildKey(built.iqThresholds))
  const row = commitCatalogue(db, { catalogue: built.catalogue, attribution: built.pull.attribution, ...context })
  if (row && row.seq > 1) neighbourText(db, row.seq)
  return row
}

/** Builds the last accepted pull again, after overrides, settings or code changed. */
export function rebuild(
  db: Database,
  iqThresholds: IqThresholds,
  { cause, at }: { cause: Cause; at: number },
): Result<VersionRow | undefined, SourceFailure> {
  const last = lastAcceptedPull(db)
  if (!last) return ok(undefined)
  const built = buildRecorded(db, last.id, iqThresholds)
  return built.ok ? ok(commitBuilt(db, built.value, { cause, at, pullId: last.id })) : built
}

/** Whether the current catalogue was built with other settings or by other code. */
export function needsRebuild(db: Database, iqThresholds: IqThresholds): boolean {
  if (newestRow(db) === undefined || getSetting(db, 'pin')) return false
  return getSetting(db, 'builtWith') !== buildKey(iqThresholds)
}

function buildKey(iqThresholds: IqThresholds): string {
  return canonicalize({ build: BUILD_VERSION, iqThresholds })
}
