/** The status of the registry, for an operator: the current version, the state of each source, and warnings. */
import { badSettings, type Config, requireBuildSettings, requireSources } from '../config.ts'
import { hintOf } from '../core/nearest.ts'
import type { HeldPull, RegistryStatus, SourceStatus } from '../core/schema/operations.ts'
import { NEWEST_LINKED_INDEX_VERSION } from '../core/score.ts'
import { providersNamedIn } from '../core/settings/provider-filter.ts'
import type { Unread } from '../core/statements/statement.ts'
import type { SourceName } from '../core/vocabulary.ts'
import { SOURCES } from '../sources/sources.ts'
import { isRestoring, RESTORING } from './backup/restorer.ts'
import { textOfReason } from './changes/pulls/judge.ts'
import { newestCommit, toTime } from './history/history.ts'
import { tooLargeToPublish } from './run/publisher.ts'
import { type Backoff, credibleTime, nextCron } from './run/schedule.ts'
import type { Database } from './store/database.ts'
import { listHolds, WHOLE } from './store/holds.ts'
import { heldPulls, lastAcceptedPull, newestPull, type PullSummary } from './store/pulls.ts'
import { getState, sourceState } from './store/state.ts'

type Warning = RegistryStatus['warnings'][number]

/** A daily pull that is two days old has failed twice. */
const STALE_AFTER_MS = 48 * 3600_000

export interface StatusParts {
  db: Database
  config: Config
  clock: () => number
}

export function statusOf(parts: StatusParts): RegistryStatus {
  const { db, config, clock } = parts
  const now = clock()
  const restoring = isRestoring(db)
  const row = restoring ? undefined : newestCommit(db)
  const pin = getState(db, 'pin')
  const names = restoring ? [] : sourcesOf(parts)
  return {
    now: toTime(now),
    ...(row && {
      version: row.version,
      seq: row.seq,
      ageSeconds: secondsBetween(row.committedAt, now),
      counts: { providers: row.providers, models: row.models },
    }),
    sources: Object.fromEntries(names.map((name) => [name, sourceStatus(parts, name)])),
    held: names.flatMap((name) => heldOf(db, name)),
    ...(pin && { pinned: { ...pin, since: toTime(pin.since) } }),
    orphaned: getState(db, 'orphaned') ?? [],
    warnings: [
      ...(restoring ? [{ code: RESTORING.failure.code, detail: RESTORING.failure.detail }] : []),
      ...configurationWarnings(config),
      ...(restoring
        ? []
        : [...publicityWarnings(parts), ...publishWarnings(parts), ...lapseWarnings(db), ...filterWarnings(parts)]),
      ...names.flatMap((name) => [...licenceWarnings(parts, name), ...sourceWarnings(parts, name)]),
    ],
  }
}

/** The sources that are enabled, and those with a recorded pull. */
function sourcesOf({ db, config }: StatusParts): SourceName[] {
  return SOURCES.map(({ name }) => name).filter((name) => isOn(config, name) || newestPull(db, name) !== undefined)
}

function sourceStatus({ db, config, clock }: StatusParts, name: SourceName): SourceStatus {
  const now = clock()
  const pull = newestPull(db, name)
  const { confirmedAt, backoff } = sourceState(db, name)
  const unread = unreadOf(db, name)
  return {
    ...(pull && { lastPull: lastPullOf(pull) }),
    ...(isOn(config, name) && { nextRun: toTime(nextRunAfter(backoff, now)) }),
    ...(confirmedAt !== undefined && { ageSeconds: secondsBetween(confirmedAt, now) }),
    ...(unread.length > 0 && { unread }),
  }
}

/** Values in the source's last accepted reply that could not be read, or that the build could not use. */
function unreadOf(db: Database, name: SourceName): Unread[] {
  const built = (getState(db, 'unread') ?? []).filter(({ source }) => source === name)
  const unused = built.map(({ field, count, example }) => ({ field, count, example }))
  return [...(lastAcceptedPull(db, name)?.unread ?? []), ...unused]
}

/** The next run that this source's own failures allow. The alarm may be set for another source. */
function nextRunAfter(backoff: Backoff | undefined, now: number): number {
  const retryAt = credibleTime(backoff?.notBefore, now)
  const due = retryAt > 0 ? Math.min(nextCron(now), retryAt) : nextCron(now)
  return Math.max(due, credibleTime(backoff?.blockedUntil, now))
}

function lastPullOf({ id, at, outcome, code, detail }: PullSummary): SourceStatus['lastPull'] {
  return { id, at: toTime(at), outcome, ...(code !== null && { code }), ...(detail !== null && { detail }) }
}

function heldOf(db: Database, source: SourceName): HeldPull[] {
  const whole = heldPulls(db, source).map(
    ({ id, at, reasons }): HeldPull => ({ source, pull: id, at: toTime(at), reasons: reasons ?? [] }),
  )
  const providers = listHolds(db, source)
    .filter(({ provider }) => provider !== WHOLE)
    .map(({ provider, pullId, at, reasons }): HeldPull => {
      return { source, provider, pull: pullId, at: toTime(at), reasons: reasons.map(textOfReason) }
    })
  return [...whole, ...providers]
}

function secondsBetween(then: number, now: number): number {
  return Math.max(0, Math.floor((now - then) / 1000))
}

function publishWarnings({ db, clock }: StatusParts): Warning[] {
  const unpublished = tooLargeToPublish(db)
  if (!unpublished) return clockWarnings(db, clock())
  const detail = `The manifest of commit ${unpublished.seq} has ${unpublished.bytes} bytes, above the limit of KV: reads go to the Durable Object instead`
  return [{ code: 'kv-too-large', detail }]
}

/** The same tolerance as for the clock of an import or a backfill. */
const MAX_AHEAD_MS = 5 * 60_000

/** If the clock was set back, the age of a commit does not show whether KV should have it. */
function clockWarnings(db: Database, now: number): Warning[] {
  const row = newestCommit(db)
  if (!row || row.committedAt <= now + MAX_AHEAD_MS || getState(db, 'publishedSeq') === row.seq) return []
  const detail = `Commit ${row.seq} of ${toTime(row.committedAt)} is not in KV, and the clock was set back to ${toTime(now)}: readers get an earlier commit until it is written; the write is being retried`
  return [{ code: 'kv-behind', detail }]
}

function lapseWarnings(db: Database): Warning[] {
  return (getState(db, 'lapses') ?? []).map(({ provider, value, path, replaced, found }) => {
    const target = value === undefined ? `provider "${provider}"` : `"${provider}/${value}"`
    const now = found === undefined ? 'which the sources no longer have' : `which is now ${JSON.stringify(found)}`
    const detail = `The override of ${target} has lapsed: it replaces "${path}" ${JSON.stringify(replaced)}, ${now}. Delete it, or put it again with the current value in "replaces"`
    return { code: 'override-lapsed', detail }
  })
}

/** A misspelt name has no effect. Before the first build, the names of providers are unknown. */
function filterWarnings({ db, config: { keepsProvider } }: StatusParts): Warning[] {
  const stated = getState(db, 'stated')
  if (!stated || !keepsProvider.ok) return []
  const unknown = providersNamedIn(keepsProvider.value.text).filter((name) => !stated.includes(name))
  return unknown.map((name) => ({
    code: 'unknown-provider',
    detail: `PROVIDERS names "${name}", which no source has${hintOf(name, stated)}`,
  }))
}

function configurationWarnings(config: Config): Warning[] {
  const bad = badSettings(config).map(({ code, detail }) => ({ code, detail }))
  const sources = requireSources(config)
  return [...bad, ...(sources.ok || bad.length > 0 ? [] : [{ code: 'no-pulls', detail: sources.failure.detail }])]
}

/** Also warns after the key was removed, because accepted facts are served until the source is disabled. */
function publicityWarnings({ db, config }: StatusParts): Warning[] {
  const { readTokens } = config
  const settings = requireBuildSettings(config)
  const isPublic = readTokens.ok && readTokens.value.length === 0
  if (!isPublic || !settings.ok || settings.value.off.includes(AA)) return []
  if (isOn(config, AA)) return [PUBLIC_AA]
  return lastAcceptedPull(db, AA) ? [LEFT_AA] : []
}

const isOn = (config: Config, name: SourceName): boolean => {
  const sources = requireSources(config)
  return sources.ok && sources.value.has(name)
}

const AA = 'artificial-analysis'
const PUBLIC_AA: Warning = {
  code: 'public-artificial-analysis',
  detail:
    'The terms of Artificial Analysis limit what may be shown to others, and this registry is public: read them, or set READ_TOKEN',
}

const LEFT_AA: Warning = {
  code: PUBLIC_AA.code,
  detail: `AA_API_KEY is not set, but the last facts of Artificial Analysis are still served, and this registry is public: to remove them, set AA_TIER to "off"`,
}

/** More than a failed pull: the accepted facts may soon no longer be shown. */
function licenceWarnings({ db, config }: StatusParts, name: SourceName): Warning[] {
  const pull = newestPull(db, name)
  if (pull?.code !== 'licence' || !isOn(config, name)) return []
  return [
    {
      code: 'licence',
      detail: `${pull.detail}: its last accepted facts are still served; to remove them, disable the source`,
    },
  ]
}

function sourceWarnings({ db, config, clock }: StatusParts, name: SourceName): Warning[] {
  const accepted = lastAcceptedPull(db, name)
  if (!accepted || !isOn(config, name)) return []
  const { confirmedAt = accepted.at } = sourceState(db, name)
  const warnings: Warning[] = []
  if (clock() - confirmedAt > STALE_AFTER_MS)
    warnings.push({
      code: 'stale',
      detail: `The newest accepted facts of ${name} are from ${toTime(confirmedAt)}, more than two days ago`,
    })
  const linked = config.iqThresholds.ok && config.iqThresholds.value === 'linked'
  const { indexVersion } = accepted
  if (linked && indexVersion !== null && indexVersion > NEWEST_LINKED_INDEX_VERSION)
    warnings.push({
      code: 'unknown-index-version',
      detail: `The index of ${name} has version ${indexVersion}, but IQ steps are known only up to ${NEWEST_LINKED_INDEX_VERSION}: scores use the newest steps`,
    })
  return warnings
}
