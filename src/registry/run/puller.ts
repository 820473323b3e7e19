/**
 * Runs live pulls, one at a time: a second request joins the first. A failed run changes nothing but the record and is
 * tried again. A watchdog is set before the first fetch, so that a run that dies with the object is noticed.
 */
import { type BuildSettings, type Config, requireRunConfig } from '../../config.ts'
import { type FailureOf, fail, ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import { sourceFailure } from '../../sources/artificial-analysis/read-pull.ts'
import type { Fetch } from '../../sources/bounded-fetch.ts'
import type { FetchedPull, RateLimit } from '../../sources/source.ts'
import { SOURCES } from '../../sources/sources.ts'
import { isRestoring, RESTORING } from '../backup/restorer.ts'
import { catchUp } from '../build/builder.ts'
import { takeLatest, takePull } from '../changes/intake.ts'
import { newestRow } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { enrichmentHeardAt } from '../store/enrichment.ts'
import { insertPull } from '../store/pulls.ts'
import { dropSetting, getSetting, putSetting } from '../store/settings.ts'
import type { Enricher } from './enricher.ts'
import type { Jobs } from './jobs.ts'
import type { Publisher } from './publisher.ts'
import { backoffAfter, credibleTime, MAX_RETRY_AFTER_MS } from './schedule.ts'

/** An alarm handler may run 15 minutes; a run that is not over by then is dead. */
const RUN_LIMIT_MS = 15 * 60_000

/** The second source changes little in an hour, and the next pull asks it anyway. */
const ENRICHMENT_RETRY_MS = 3600_000

/** cron and admin start at once, the others only when the backoff allows it. */
export type Trigger = 'cron' | 'admin' | 'retry' | 'first-read'
export type RunResult = Result<Outcome, SourceFailure | FailureOf<'configuration' | 'restoring' | 'internal'>>

export interface PullerParts {
  db: Database
  jobs: Jobs
  publisher: Publisher
  enricher: Enricher
  config: Config
  fetch: Fetch
  clock: () => number
}

export class Puller {
  readonly #parts: PullerParts
  #running: Promise<RunResult> | undefined
  #forced = false

  constructor(parts: PullerParts) {
    this.#parts = parts
    // No run survives its object: one that was under way is dead, and need not wait for its watchdog's time.
    if (parts.jobs.dueAt('watchdog') !== undefined) parts.jobs.set('watchdog', parts.clock())
  }

  /** Joins a run that is under way, which skips the guard as soon as one who joins it asks for that. */
  run(trigger: Trigger, forced: boolean): Promise<RunResult> {
    this.#forced ||= forced
    this.#running ??= this.#run(trigger)
      .catch((error) => this.#breakOff(error))
      .finally(() => {
        this.#running = undefined
        this.#forced = false
      })
    return this.#running
  }

  /** Whether the first read of an empty registry should start a pull. */
  shouldFill(): boolean {
    const { db, config, clock } = this.#parts
    if (this.#running || this.#isCutOff() || newestRow(db) || !requireRunConfig(config).ok) return false
    return clock() >= credibleTime(getSetting(db, 'backoff')?.notBefore, clock())
  }

  /** Whether a source that is turned off is still served, as nothing is known of the one that takes its place. */
  shouldReplace(): boolean {
    const { db, config, clock } = this.#parts
    const required = requireRunConfig(config)
    if (
      this.#running ||
      !required.ok ||
      required.value.sources['artificial-analysis'] ||
      enrichmentHeardAt(db) !== undefined
    )
      return false
    return clock() >= credibleTime(getSetting(db, 'backoff')?.notBefore, clock())
  }

  /** The watchdog's work: a run that is not running any more has failed. */
  reapDeadRun(): void {
    const { jobs, clock } = this.#parts
    if (this.#running) {
      jobs.set('watchdog', clock() + RUN_LIMIT_MS)
      return
    }
    jobs.clear('watchdog')
    const interrupted = sourceFailure('interrupted', 'the run was cut off before it ended')
    this.#recordFailure(interrupted.failure)
  }

  #isCutOff(): boolean {
    return !this.#running && this.#parts.jobs.dueAt('watchdog') !== undefined
  }

  async #run(trigger: Trigger): Promise<RunResult> {
    const { db, jobs, config, fetch, clock, enricher } = this.#parts
    const required = requireRunConfig(config)
    if (!required.ok) return required
    const { build, sources } = required.value
    const artificialAnalysis = sources['artificial-analysis']
    if (this.#isCutOff()) this.reapDeadRun()
    const blockedUntil = credibleTime(getSetting(db, 'backoff')?.blockedUntil, clock())
    if (trigger === 'cron' && blockedUntil > clock()) return this.#putOff(blockedUntil)
    if (trigger === 'cron') dropSetting(db, 'backoff')
    const spent = artificialAnalysis && this.#spentQuota(trigger)
    if (spent) return this.#recordFailure(spent)
    jobs.clear('pull')
    jobs.set('watchdog', clock() + RUN_LIMIT_MS)
    const [pulled, heard] = await Promise.all([
      artificialAnalysis && SOURCES['artificial-analysis'].pull(artificialAnalysis, undefined, fetch),
      enricher.refresh(sources['models.dev'], () => this.#forced),
    ])
    const result = this.#settle(pulled, heard, build)
    // Last, so that a run that breaks off is found.
    jobs.clear('watchdog')
    return result
  }

  #settle(
    pulled: Result<FetchedPull | 'unchanged', SourceFailure> | undefined,
    heard: Result<boolean, SourceFailure>,
    build: BuildSettings,
  ): RunResult {
    const { db, publisher } = this.#parts
    // The fetch took its time, in which a restore may have begun.
    if (isRestoring(db)) return RESTORING
    const taken = pulled ? this.#take(pulled, build) : this.#takeSecond(heard, build)
    if (pulled) this.#afterHearing(heard, build)
    if (!taken.ok) return this.#recordFailure(taken.failure)
    dropSetting(db, 'backoff')
    publisher.scheduleAnew()
    return taken
  }

  /** The second source alone, when the first need not be asked. */
  async enrich(): Promise<void> {
    const { db, config, enricher } = this.#parts
    const required = requireRunConfig(config)
    if (this.#running || !required.ok || !required.value.build.enriched) return
    const heard = await enricher.refresh(required.value.sources['models.dev'], () => false)
    if (!isRestoring(db)) this.#afterHearing(heard, required.value.build)
  }

  #take(
    fetched: Result<FetchedPull | 'unchanged', SourceFailure>,
    build: BuildSettings,
  ): Result<Outcome, SourceFailure> {
    if (!fetched.ok) return fetched
    if (fetched.value === 'unchanged') return ok({ outcome: 'unchanged' })
    const { db, clock } = this.#parts
    const { pull, pages, rateLimit = {} } = fetched.value
    this.#rememberQuota(rateLimit, pages.length)
    const { remaining } = rateLimit
    const arrival = { pull, pages, at: clock(), forced: this.#forced, rateLimitRemaining: remaining }
    return takePull(db, { ...arrival, origin: 'live' }, build)
  }

  /** Where the second source leads, its catalogue is the pull: recorded as one, without pages. */
  #takeSecond(heard: Result<boolean, SourceFailure>, build: BuildSettings): Result<Outcome, SourceFailure> {
    if (!heard.ok) return heard
    const { db, clock } = this.#parts
    const record = { at: clock(), origin: 'live' as const, forced: this.#forced, tier: 'off' }
    return takeLatest(db, record, build)
  }

  /** What the second source says may have changed without a new pull; what it did not say is asked for again. */
  #afterHearing(heard: Result<boolean, SourceFailure>, build: BuildSettings): void {
    const { db, jobs, publisher, clock } = this.#parts
    if (!heard.ok) jobs.set('enrichment', clock() + retryDelayOf(heard.failure))
    else jobs.clear('enrichment')
    const rebuilt = db.attempt(() => catchUp(db, build, clock()))
    if (!rebuilt.ok) console.error(rebuilt.failure.detail)
    else if (rebuilt.value) publisher.schedule()
  }

  /** The storage failed, or there is a bug. It may fail to record that, too, so that is left to the watchdog, now due. */
  #breakOff(error: unknown): { ok: false; failure: FailureOf<'internal'> } {
    const { jobs, clock } = this.#parts
    jobs.set('watchdog', clock())
    console.error('The pull broke off:', error)
    return fail({ code: 'internal', detail: 'The pull broke off in the registry; the error is in its log' })
  }

  #recordFailure(failure: SourceFailure): { ok: false; failure: SourceFailure } {
    const { db, jobs, clock } = this.#parts
    const at = clock()
    insertPull(db, {
      at,
      outcome: 'failed',
      origin: 'live',
      forced: this.#forced,
      code: failure.reason,
      detail: failure.detail,
    })
    const { retry, ...backoff } = backoffAfter(getSetting(db, 'backoff'), failure, at)
    putSetting(db, 'backoff', backoff)
    if (retry) jobs.set('pull', backoff.notBefore)
    else jobs.clear('pull')
    return fail(failure)
  }

  /** The cron comes while the source wants to be left alone: it is made up for as soon as that is over. */
  #putOff(until: number): { ok: false; failure: SourceFailure } {
    this.#parts.jobs.set('pull', until)
    return sourceFailure('rate-limited', `it asked to be left alone until ${new Date(until).toISOString()}`)
  }

  #rememberQuota({ remaining, resetAt }: RateLimit, perPull: number): void {
    if (remaining === undefined || resetAt === undefined) dropSetting(this.#parts.db, 'quota')
    else putSetting(this.#parts.db, 'quota', { remaining, resetAt, perPull })
  }

  /** A pull that would end in the middle for want of quota is not begun, unless an operator says so. */
  #spentQuota(trigger: Trigger): SourceFailure | undefined {
    const quota = getSetting(this.#parts.db, 'quota')
    const now = this.#parts.clock()
    if (trigger === 'admin' || !quota || now >= quota.resetAt || quota.remaining >= quota.perPull) return undefined
    const seconds = Math.ceil((quota.resetAt - now) / 1000)
    const detail = `the quota allows ${quota.remaining} more requests for ${seconds} s, a pull takes ${quota.perPull}`
    return sourceFailure('rate-limited', detail, seconds).failure
  }
}

function retryDelayOf({ retryAfterSeconds = 0 }: SourceFailure): number {
  return Math.max(ENRICHMENT_RETRY_MS, Math.min(retryAfterSeconds * 1000, MAX_RETRY_AFTER_MS))
}
