/**
 * Builds the catalogue of a pull with everything the memory adds to it (names, overrides, settings), and commits it.
 * Must run inside a transaction.
 */
import type { BuildSettings } from '../../config.ts'
import { BUILD_VERSION, buildCatalogue, type Origin } from '../../core/build/build-catalogue.ts'
import { ownModelsOf } from '../../core/build/own-models.ts'
import type { ProviderNames } from '../../core/build/provider-names.ts'
import type { SourcePull } from '../../core/build/statement.ts'
import { canonicalize } from '../../core/canonical.ts'
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { applyOverrides, type Overridden } from '../../core/overrides/apply-overrides.ts'
import type { Attribution } from '../../core/schema/history.ts'
import type { Catalogue } from '../../core/schema/model.ts'
import type { Cause } from '../../core/vocabulary.ts'
import { AA_CREATORS } from '../../sources/artificial-analysis/creators.ts'
import { SOURCES } from '../../sources/sources.ts'
import { commitCatalogue } from '../changes/commit.ts'
import { neighbourText } from '../history/diffs.ts'
import { newestRow } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { enrichmentDigest, readEnrichment } from '../store/enrichment.ts'
import { activeOverrides, plainOverrides, readRemembered, writeRemembered } from '../store/override-record.ts'
import { lastAcceptedPull, readPayload } from '../store/pulls.ts'
import { getSetting, putSetting } from '../store/settings.ts'
import { creatorProviders, type VersionRow } from '../store/tables.ts'

export interface Built extends Overridden {
  /** What the sources alone say, and the statements it is made of. */
  sources: Catalogue
  origins: Origin[]
  attribution: Attribution[]
  names: ProviderNames
  settings: BuildSettings
}

export function build(db: Database, pull: SourcePull, settings: BuildSettings): Result<Built, SourceFailure> {
  const { iqThresholds, enriched } = settings
  const known = enriched ? readEnrichment(db) : undefined
  const others = known ? [{ ...known.pull, match: known.match }] : []
  const rows = db.tables.select().from(creatorProviders).all()
  const names = Object.fromEntries(rows.map(({ creatorId, provider }) => [creatorId, provider]))
  const built = buildCatalogue({ pull, others, iqThresholds, names, reserved: AA_CREATORS.values() })
  if (!built.ok) return built
  const { catalogue: sources, ...rest } = built.value
  const overrides = plainOverrides(activeOverrides(db))
  const overridden = applyOverrides(sources, overrides, { iqThresholds, remembered: readRemembered(db) })
  return ok({ ...overridden, ...rest, sources, settings })
}

export function buildRecorded(db: Database, pullId: number, settings: BuildSettings): Result<Built, SourceFailure> {
  const pull = readRecorded(db, pullId)
  return pull.ok ? build(db, pull.value, settings) : pull
}

/** What a recorded pull states. */
export function readRecorded(db: Database, pullId: number): Result<SourcePull, SourceFailure> {
  return SOURCES['artificial-analysis'].read(readPayload(db, pullId)?.pages ?? [])
}

export type Latest = Built & { pullId?: number }

/** Of the last accepted pull, or of the second source where it leads; `undefined` where there is nothing to build on. */
export function buildLatest(db: Database, settings: BuildSettings): Result<Latest | undefined, SourceFailure> {
  if (settings.leading === 'models.dev') {
    const known = readEnrichment(db)
    return known ? build(db, ownModelsOf(known.pull), settings) : ok(undefined)
  }
  const last = lastAcceptedPull(db)
  if (!last) return ok(undefined)
  const built = buildRecorded(db, last.id, settings)
  return built.ok ? ok({ ...built.value, pullId: last.id }) : built
}

/** The new row, or `undefined` when the catalogue equals the current one or a rollback is in force. */
export function commitBuilt(
  db: Database,
  built: Built,
  context: { cause: Cause; at: number; pullId?: number },
): VersionRow | undefined {
  for (const [creatorId, provider] of Object.entries(built.names))
    db.tables.insert(creatorProviders).values({ creatorId, provider }).onConflictDoNothing().run()
  writeRemembered(db, built.remembered)
  putSetting(db, 'orphaned', built.orphaned)
  if (getSetting(db, 'pin')) return undefined
  putSetting(db, 'builtWith', buildKey(built.settings))
  putSetting(db, 'enrichedWith', enrichmentKey(db, built.settings))
  const row = commitCatalogue(db, { catalogue: built.catalogue, attribution: built.attribution, ...context })
  if (row && row.seq > 1) neighbourText(db, row.seq)
  return row
}

/** Builds the latest facts again, after overrides, settings, code or the second source changed. */
export function rebuild(
  db: Database,
  settings: BuildSettings,
  { cause, at }: { cause: Cause; at: number },
): Result<VersionRow | undefined, SourceFailure> {
  const latest = buildLatest(db, settings)
  if (!latest.ok || !latest.value) return latest.ok ? ok(undefined) : latest
  return ok(commitLatest(db, latest.value, { cause, at }))
}

export function commitLatest(
  db: Database,
  { pullId, ...built }: Latest,
  context: { cause: Cause; at: number },
): VersionRow | undefined {
  return commitBuilt(db, built, { ...context, ...(pullId !== undefined && { pullId }) })
}

/** What the current catalogue was not built with yet. */
function changedSince(db: Database, settings: BuildSettings): 'rebuild' | 'enrichment' | undefined {
  if (newestRow(db) === undefined || getSetting(db, 'pin')) return undefined
  if (getSetting(db, 'builtWith') !== buildKey(settings)) return 'rebuild'
  return getSetting(db, 'enrichedWith') === enrichmentKey(db, settings) ? undefined : 'enrichment'
}

/** Whether the current catalogue was built with other settings, by other code or without what is known by now. */
export function needsRebuild(db: Database, settings: BuildSettings): boolean {
  return changedSince(db, settings) !== undefined
}

/** Makes up for what changed since the current catalogue was built, as a row with a cause of its own. */
export function catchUp(
  db: Database,
  settings: BuildSettings,
  at: number,
): Result<VersionRow | undefined, SourceFailure> {
  const cause = changedSince(db, settings)
  return cause ? rebuild(db, settings, { cause, at }) : ok(undefined)
}

function buildKey(settings: BuildSettings): string {
  return canonicalize({ build: BUILD_VERSION, ...settings })
}

function enrichmentKey(db: Database, { enriched, leading }: BuildSettings): string {
  return (enriched || leading === 'models.dev' ? enrichmentDigest(db) : undefined) ?? ''
}
