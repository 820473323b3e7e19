/**
 * Runs the jobs that are due, one at a time. A job that throws is retried later and does not block the others.
 */
import { type Config, requireBuildSettings } from '../../config.ts'
import { nextBoundary } from '../build/price-boundaries.ts'
import { catchUp, commitDuePrices, needsRebuild } from '../changes/rebuild.ts'
import type { Database } from '../store/database.ts'
import type { JobName, Jobs } from './jobs.ts'
import type { Publisher } from './publisher.ts'
import type { Puller } from './puller.ts'

/** A job that fails unexpectedly is retried, but not in a tight loop. */
const FAILED_JOB_DELAY_MS = 60_000

interface JobRunnerParts {
  db: Database
  jobs: Jobs
  publisher: Publisher
  puller: Puller
  config: Config
  clock: () => number
}

export class JobRunner {
  readonly #parts: JobRunnerParts

  constructor(parts: JobRunnerParts) {
    this.#parts = parts
  }

  async run(job: JobName): Promise<void> {
    const { jobs, clock } = this.#parts
    // The job may have been postponed while another job ran.
    if ((jobs.dueAt(job) ?? Number.POSITIVE_INFINITY) > clock()) return
    try {
      await this.#work(job)
    } catch (error) {
      console.error(`Cannot finish the job "${job}": ${error instanceof Error ? error.message : error}`)
      jobs.set(job, clock() + FAILED_JOB_DELAY_MS)
    }
  }

  /** Schedules the jobs that are due after a crash, new settings or new code. */
  catchUp(): void {
    const { db, jobs, publisher, config, clock } = this.#parts
    publisher.catchUp()
    const settings = requireBuildSettings(config)
    if (settings.ok && needsRebuild(db, settings.value)) jobs.set('rebuild', clock())
    this.schedulePrices()
  }

  /** Call after any change of the prices of overrides. */
  schedulePrices(): void {
    const { db, jobs, clock } = this.#parts
    const next = nextBoundary(db)
    if (next !== undefined) jobs.set('prices', Math.max(next, clock()))
    else if (jobs.dueAt('prices') !== undefined) jobs.clear('prices')
  }

  async #work(job: JobName): Promise<void> {
    const { jobs, publisher, puller } = this.#parts
    switch (job) {
      case 'publish':
        return publisher.publish()
      case 'watchdog':
        return puller.reapDeadRun()
      case 'pull':
        jobs.clear('pull')
        await puller.run({ trigger: 'retry' })
        return
      case 'rebuild':
        jobs.clear('rebuild')
        return this.#rebuild()
      case 'prices':
        return this.#commitPrices()
    }
  }

  #commitPrices(): void {
    const { db, jobs, publisher, config, clock } = this.#parts
    const settings = requireBuildSettings(config)
    if (!settings.ok) {
      jobs.set('prices', clock() + FAILED_JOB_DELAY_MS)
      return
    }
    const row = db.transaction(() => commitDuePrices(db, settings.value, clock()))
    if (row) publisher.schedule()
    this.schedulePrices()
  }

  #rebuild(): void {
    const { db, publisher, config, clock } = this.#parts
    const settings = requireBuildSettings(config)
    if (!settings.ok) return
    const rebuilt = db.attempt(() => catchUp(db, settings.value, clock()))
    if (!rebuilt.ok) console.error(rebuilt.failure.detail)
    else if (rebuilt.value) publisher.schedule()
  }
}
