/** How the registry is doing, for an operator: what is current, what the last pull came to, what needs a hand. */
import { badSettings, type Config, requireBuildSettings, requireRunConfig } from '../config.ts'
import type { RegistryStatus } from '../core/schema/operations.ts'
import { NEWEST_LINKED_INDEX_VERSION } from '../core/score.ts'
import { isRestoring, RESTORING } from './backup/restorer.ts'
import { newestRow, toTime } from './history/history.ts'
import type { Jobs } from './run/jobs.ts'
import { credibleTime, nextCron } from './run/schedule.ts'
import type { Database } from './store/database.ts'
import { enrichmentHeardAt } from './store/enrichment.ts'
import { heldPull, lastAcceptedPull, newestPull } from './store/pulls.ts'
import { getSetting } from './store/settings.ts'

type Warning = RegistryStatus['warnings'][number]

/** A daily pull that is two days old has failed twice. */
const STALE_AFTER_MS = 48 * 3600_000

interface StatusParts {
  db: Database
  jobs: Jobs
  config: Config
  clock: () => number
}

export function statusOf({ db, jobs, config, clock }: StatusParts): RegistryStatus {
  const now = clock()
  const restoring = isRestoring(db)
  const row = restoring ? undefined : newestRow(db)
  const pull = newestPull(db)
  const held = heldPull(db)
  const pin = getSetting(db, 'pin')
  const settings = requireBuildSettings(config)
  const isUsed = settings.ok && (settings.value.enriched || settings.value.leading === 'models.dev')
  const heardAt = restoring ? undefined : enrichmentHeardAt(db)
  return {
    now: toTime(now),
    ...(row && {
      version: row.version,
      seq: row.seq,
      ageSeconds: secondsBetween(row.committedAt, now),
      counts: { providers: row.providers, models: row.models },
    }),
    ...(pull && {
      lastPull: {
        id: pull.id,
        at: toTime(pull.at),
        outcome: pull.outcome,
        ...(pull.code !== null && { code: pull.code }),
        ...(pull.detail !== null && { detail: pull.detail }),
      },
    }),
    ...(requireRunConfig(config).ok && { nextRun: toTime(nextRun(db, jobs, now)) }),
    ...(held && { held: { id: held.id, at: toTime(held.at), reasons: held.reasons ?? [] } }),
    ...(pin && { pinned: { ...pin, since: toTime(pin.since) } }),
    ...(isUsed &&
      heardAt !== undefined && { enrichment: { at: toTime(heardAt), ageSeconds: secondsBetween(heardAt, now) } }),
    orphaned: getSetting(db, 'orphaned') ?? [],
    warnings: [
      ...(restoring ? [{ code: RESTORING.failure.code, detail: RESTORING.failure.detail }] : []),
      ...configurationWarnings(config),
      ...pullWarnings(db, config, now),
      ...(isUsed ? enrichmentWarnings(db, heardAt, now) : []),
    ],
  }
}

function secondsBetween(then: number, now: number): number {
  return Math.max(0, Math.floor((now - then) / 1000))
}

function nextRun(db: Database, jobs: Jobs, now: number): number {
  const due = Math.min(nextCron(now), jobs.dueAt('pull') ?? Number.POSITIVE_INFINITY)
  return Math.max(due, credibleTime(getSetting(db, 'backoff')?.blockedUntil, now))
}

function configurationWarnings(config: Config): Warning[] {
  const bad = badSettings(config)
  if (bad.length > 0) return bad.map(({ code, detail }) => ({ code, detail }))
  const required = requireRunConfig(config)
  return required.ok ? [] : [{ code: 'no-pulls', detail: required.failure.detail }]
}

function pullWarnings(db: Database, config: Config, now: number): Warning[] {
  const accepted = lastAcceptedPull(db)
  if (!accepted) return []
  const warnings: Warning[] = []
  const { at, indexVersion } = accepted
  const isOff = config.aaTier.ok && config.aaTier.value === 'off'
  if (!isOff && now - at > STALE_AFTER_MS)
    warnings.push({ code: 'stale', detail: `The newest accepted pull is of ${toTime(at)}, more than two days ago` })
  const linked = config.iqThresholds.ok && config.iqThresholds.value === 'linked'
  if (linked && indexVersion !== null && indexVersion > NEWEST_LINKED_INDEX_VERSION)
    warnings.push({
      code: 'unknown-index-version',
      detail: `The source's index is of version ${indexVersion}, newer than the IQ steps known up to ${NEWEST_LINKED_INDEX_VERSION}: scores use the newest steps`,
    })
  return warnings
}

function enrichmentWarnings(db: Database, heardAt: number | undefined, now: number): Warning[] {
  const failure = getSetting(db, 'enrichmentFailure')
  const warnings: Warning[] = []
  if (failure) warnings.push({ code: 'enrichment-failed', detail: `${failure.detail} (${toTime(failure.at)})` })
  if (heardAt !== undefined && now - heardAt > STALE_AFTER_MS)
    warnings.push({
      code: 'enrichment-stale',
      detail: `models.dev was last heard ${toTime(heardAt)}, more than two days ago`,
    })
  return warnings
}
