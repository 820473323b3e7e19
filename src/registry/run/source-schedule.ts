/** Decides when each source may be pulled, from its backoff and quota, and schedules retries. */
import type { SourceFailure } from '../../core/failure.ts'
import type { SourceName } from '../../core/vocabulary.ts'
import type { RateLimit } from '../../sources/source.ts'
import type { Database } from '../store/database.ts'
import { insertPull } from '../store/pulls.ts'
import { sourceState, updateSourceState } from '../store/state.ts'
import type { Jobs } from './jobs.ts'
import { backoffAfter, credibleTime, nextCron } from './schedule.ts'

/** cron and admin ignore the backoff; the others start only when it allows them. */
export type Trigger = 'cron' | 'admin' | 'retry' | 'first-read'

interface ScheduleParts {
  db: Database
  jobs: Jobs
  clock: () => number
}

export class SourceSchedule {
  readonly #parts: ScheduleParts

  constructor(parts: ScheduleParts) {
    this.#parts = parts
  }

  /** Whether to pull a source now. If the source asked the cron to wait, a retry is scheduled for the end of the wait. */
  isDue(source: SourceName, trigger: Trigger): boolean {
    const { db, clock } = this.#parts
    const now = clock()
    const { backoff } = sourceState(db, source)
    switch (trigger) {
      case 'admin':
        return true
      case 'cron': {
        const blockedUntil = credibleTime(backoff?.blockedUntil, now)
        if (blockedUntil > now) this.#retryAt(blockedUntil)
        return blockedUntil <= now
      }
      case 'retry':
        return backoff !== undefined && this.#isRetryDue(credibleTime(backoff.notBefore, now), now)
      case 'first-read':
        return credibleTime(backoff?.notBefore, now) <= now
    }
  }

  /** A retry that is not due yet is scheduled again, unless the cron comes first. */
  #isRetryDue(notBefore: number, now: number): boolean {
    if (notBefore > now && notBefore < nextCron(now)) this.#retryAt(notBefore)
    return notBefore <= now
  }

  /** Resets the failures of a source: after a success, and by the cron every day. */
  forgive(source: SourceName): void {
    updateSourceState(this.#parts.db, source, { backoff: undefined })
  }

  /** The failure if the remaining quota is not enough for a pull. */
  spentQuota(source: SourceName): SourceFailure | undefined {
    const { db, clock } = this.#parts
    const { quota } = sourceState(db, source)
    if (!quota || clock() >= quota.resetAt || quota.remaining >= quota.perPull) return undefined
    const seconds = Math.ceil((quota.resetAt - clock()) / 1000)
    const rest = `the quota allows ${quota.remaining} more requests for ${seconds} s, but a pull needs ${quota.perPull}`
    const detail = `Cannot pull from ${source}: ${rest}`
    return { code: 'source-failed', reason: 'rate-limited', detail, retryAfterSeconds: seconds }
  }

  rememberQuota(source: SourceName, { remaining, resetAt }: RateLimit, perPull: number): void {
    const isKnown = remaining !== undefined && resetAt !== undefined
    updateSourceState(this.#parts.db, source, { quota: isKnown ? { remaining, resetAt, perPull } : undefined })
  }

  /** Records a failed pull, and schedules its retry. Returns the id of the pull. */
  recordFailure(source: SourceName, failure: SourceFailure, forced: boolean): number {
    const { db, clock } = this.#parts
    const at = clock()
    const { reason: code, detail } = failure
    const id = insertPull(db, { source, at, outcome: 'failed', origin: 'live', forced, code, detail })
    const { retry, ...backoff } = backoffAfter(sourceState(db, source).backoff, failure, at)
    updateSourceState(db, source, { backoff })
    if (retry) this.#retryAt(backoff.notBefore)
    return id
  }

  #retryAt(time: number): void {
    const { jobs } = this.#parts
    jobs.set('pull', Math.min(time, jobs.dueAt('pull') ?? Number.POSITIVE_INFINITY))
  }
}
