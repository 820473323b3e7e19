/**
 * Runs live pulls, one run at a time: a second request joins the first. A run pulls all sources that are due, each with
 * its own guard, retry and backoff, and makes one commit; the failure of one source stops no other. A watchdog is set
 * before the first fetch, so that a run that dies with the object is noticed.
 */
import { type BuildSettings, type Config, requireBuildSettings, requireSources } from '../../config.ts'
import { type FailureOf, fail, ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Outcome, SourceOutcome } from '../../core/schema/operations.ts'
import type { SourceName } from '../../core/vocabulary.ts'
import type { Fetch } from '../../sources/bounded-fetch.ts'
import type { FetchedPull, SourceSettings } from '../../sources/source.ts'
import { sourceNamed } from '../../sources/sources.ts'
import { isRestoring, RESTORING } from '../backup/restorer.ts'
import { splitPull } from '../changes/pulls/arrived-pull.ts'
import { commitPulls } from '../changes/pulls/commit-pulls.ts'
import { ingest } from '../changes/pulls/ingest.ts'
import { newestCommit } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { insertPull, outcomeOfPull } from '../store/pulls.ts'
import { deleteState, getState, putState, sourceState, updateSourceState } from '../store/state.ts'
import type { Jobs } from './jobs.ts'
import type { Publisher } from './publisher.ts'
import { outcomeOfRun } from './run-outcome.ts'
import type { SourceSchedule, Trigger } from './source-schedule.ts'

/** An alarm handler may run for 15 minutes. A run that has not ended by then is dead. */
const RUN_LIMIT_MS = 15 * 60_000

export type RunResult = Result<Outcome, SourceFailure | FailureOf<'configuration' | 'restoring' | 'internal'>>

export interface RunRequest {
  trigger: Trigger
  /** Skips the guard. */
  forced?: boolean
  /** Default: all that are enabled. */
  source?: SourceName
}

interface PullerParts {
  db: Database
  jobs: Jobs
  schedule: SourceSchedule
  publisher: Publisher
  config: Config
  fetch: Fetch
  clock: () => number
}

type Fetched = Result<FetchedPull | 'unchanged', SourceFailure>
/** The id of the pull in the record, and what it contributes to the commit. */
type Taken = Result<{ id: number; pull?: { id: number; isChanged: boolean } }, SourceFailure>
type Settings = readonly [SourceName, SourceSettings]

export class Puller {
  readonly #parts: PullerParts
  #running: Promise<RunResult> | undefined
  #forced = false
  /** The only source that the current run pulls; absent for all. */
  #source: SourceName | undefined

  constructor(parts: PullerParts) {
    this.#parts = parts
    // A run does not survive its object. If one was in progress, it is dead, and its watchdog is due now.
    if (parts.jobs.dueAt('watchdog') !== undefined) parts.jobs.set('watchdog', parts.clock())
  }

  /** Starts a run, or joins the current one. If the request is forced, the current run skips the guard from then on. */
  run({ forced = false, ...request }: RunRequest): Promise<RunResult> {
    // The current run pulls only another source, so this request runs after it.
    if (this.#running && this.#source !== undefined && this.#source !== request.source)
      return this.#running.then(() => this.run({ forced, ...request }))
    this.#forced ||= forced
    if (!this.#running) this.#source = request.source
    this.#running ??= this.#run(request)
      .catch((error) => this.#breakOff(error))
      .finally(() => {
        this.#running = undefined
        this.#forced = false
      })
    return this.#running
  }

  /** Whether the first read of an empty registry should start a run. */
  shouldFill(): boolean {
    const { db, config, schedule } = this.#parts
    if (this.#running || this.#isCutOff() || newestCommit(db)) return false
    const sources = requireSources(config)
    return sources.ok && [...sources.value.keys()].some((source) => schedule.isDue(source, 'first-read'))
  }

  /** The watchdog: records a run as failed if it is no longer running. */
  reapDeadRun(): void {
    const { db, jobs, schedule, clock } = this.#parts
    if (this.#running) {
      jobs.set('watchdog', clock() + RUN_LIMIT_MS)
      return
    }
    jobs.clear('watchdog')
    for (const source of getState(db, 'pulling') ?? this.#sourcesOn())
      schedule.recordFailure(source, interrupted(source), this.#forced)
    deleteState(db, 'pulling')
  }

  /** For a dead run that did not record which sources it pulled. */
  #sourcesOn(): SourceName[] {
    const sources = requireSources(this.#parts.config)
    return sources.ok ? [...sources.value.keys()] : []
  }

  #isCutOff(): boolean {
    return !this.#running && this.#parts.jobs.dueAt('watchdog') !== undefined
  }

  async #run({ trigger, source }: RunRequest): Promise<RunResult> {
    const { db, jobs, config, schedule, clock } = this.#parts
    const sources = requireSources(config)
    if (!sources.ok) return sources
    const settings = requireBuildSettings(config)
    if (!settings.ok) return settings
    if (source && !sources.value.has(source)) return fail(isOff(source))
    if (this.#isCutOff()) this.reapDeadRun()
    const wanted = [...sources.value].filter(([name]) => source === undefined || name === source)
    if (trigger === 'retry') jobs.clear('pull')
    const due = wanted.filter(([name]) => schedule.isDue(name, trigger))
    if (trigger === 'cron') for (const [name] of due) schedule.forgive(name)
    putState(
      db,
      'pulling',
      due.map(([name]) => name),
    )
    jobs.set('watchdog', clock() + RUN_LIMIT_MS)
    const fetched = await Promise.all(due.map((entry) => this.#fetch(entry, trigger)))
    // A restore may have begun during the fetch.
    if (isRestoring(db)) return RESTORING
    const result = this.#take(due, fetched, settings.value, source)
    deleteState(db, 'pulling')
    // Cleared last, so that the watchdog notices a run that dies before.
    jobs.clear('watchdog')
    return result
  }

  async #fetch([name, settings]: Settings, trigger: Trigger): Promise<Fetched> {
    const { db, schedule, fetch } = this.#parts
    const spent = trigger === 'admin' ? undefined : schedule.spentQuota(name)
    if (spent) return fail(spent)
    const { url, etag } = sourceState(db, name)
    const previous = etag !== undefined && url === settings.url ? { etag } : {}
    return sourceNamed(name).pull(settings, previous, fetch)
  }

  /** Ingests every pull, and builds and commits once. */
  #take(due: Settings[], fetched: Fetched[], build: BuildSettings, source: SourceName | undefined): RunResult {
    const { db, publisher, clock } = this.#parts
    const at = clock()
    const taken = new Map<SourceName, Taken>()
    const committed = db.attempt(() => {
      for (const [index, entry] of due.entries())
        taken.set(entry[0], this.#takeOne(entry, fetched[index] ?? ok('unchanged'), at))
      const pulls = [...taken.values()].flatMap((result) => (result.ok && result.value.pull) || [])
      return commitPulls(db, build, { pulls, cause: 'pull', at })
    })
    const outcomes = new Map<SourceName, SourceOutcome>()
    for (const [name, result] of taken) {
      if (!result.ok) outcomes.set(name, this.#failed(name, result.failure))
      // If the build fails, only the record of pulls changes.
      else if (!committed.ok) outcomes.set(name, this.#failed(name, asSourceFailure(committed.failure)))
      else outcomes.set(name, this.#succeeded(name, result.value.id))
    }
    if (committed.ok) publisher.republish()
    return outcomeOfRun(committed.ok ? committed.value : undefined, outcomes, source)
  }

  #takeOne([name, { url }]: Settings, fetched: Fetched, at: number): Taken {
    const { db, schedule } = this.#parts
    if (!fetched.ok) return fetched
    if (fetched.value === 'unchanged') {
      const record = { source: name, at, outcome: 'unchanged' as const, origin: 'live' as const }
      const id = insertPull(db, { ...record, forced: this.#forced, seq: newestCommit(db)?.seq })
      updateSourceState(db, name, { confirmedAt: at })
      return ok({ id })
    }
    const { pages, rateLimit = {}, etag } = fetched.value
    schedule.rememberQuota(name, rateLimit, pages.length)
    const source = sourceNamed(name)
    const pull = splitPull(source, pages)
    if (!pull.ok) return pull
    const ingested = db.attempt(() =>
      ingest(db, {
        ...{ source, pull: pull.value, at, origin: 'live', forced: this.#forced },
        rateLimitRemaining: rateLimit.remaining,
        asked: { url, ...(etag !== undefined && { etag }) },
      }),
    )
    if (!ingested.ok) return fail(asSourceFailure(ingested.failure))
    const { pullId: id, isAccepted, isChanged } = ingested.value
    return ok({ id, ...(isAccepted && { pull: { id, isChanged } }) })
  }

  /** Resets the failures of the source only now, because an invalid response is also a failure. */
  #succeeded(name: SourceName, pull: number): SourceOutcome {
    const { db, schedule } = this.#parts
    schedule.forgive(name)
    return { ...outcomeOfSource(db, pull), pull }
  }

  #failed(name: SourceName, failure: SourceFailure): SourceOutcome {
    const pull = this.#parts.schedule.recordFailure(name, failure, this.#forced)
    return { outcome: 'failed', pull, code: failure.reason, detail: failure.detail }
  }

  /** The storage failed, or there is a bug. Recording it here could fail, too, so the watchdog does it. */
  #breakOff(error: unknown): { ok: false; failure: FailureOf<'internal'> } {
    const { jobs, clock } = this.#parts
    jobs.set('watchdog', clock())
    console.error('Cannot finish the pull:', error)
    return fail({
      code: 'internal',
      detail: 'Cannot finish the pull: unexpected error; see the log of the Worker',
    })
  }
}

function outcomeOfSource(db: Database, pull: number): SourceOutcome {
  const { outcome, reasons, code, detail } = outcomeOfPull(db, pull)
  const name = outcome === 'would-commit' || outcome === 'would-not-change' ? 'unchanged' : outcome
  return { outcome: name, ...(reasons && { reasons }), ...(code && { code }), ...(detail && { detail }) }
}

/** Any other failure of an ingest or a build is a bug, but is still recorded as a failed pull. */
function asSourceFailure(failure: { code: string; detail: string }): SourceFailure {
  return 'reason' in failure
    ? (failure as SourceFailure) // only a source's failure has a reason
    : { code: 'source-failed', reason: 'invalid', detail: failure.detail }
}

function isOff(source: SourceName): FailureOf<'configuration'> {
  return { code: 'configuration', detail: `Cannot pull from ${source}: the source is disabled` }
}

function interrupted(source: SourceName): SourceFailure {
  const detail = `Cannot pull from ${source}: the run was interrupted before it ended`
  return { code: 'source-failed', reason: 'interrupted', detail }
}
