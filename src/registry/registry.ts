/**
 * The Registry Durable Object: the one place that writes. Its methods are thin; they answer with data, text or a
 * `Result`, because error classes do not survive RPC. Bodies cross as bytes: objects would cost many times more.
 */
import { DurableObject } from 'cloudflare:workers'
import { type Config, parseConfig } from '../config.ts'
import { ok, type Result } from '../core/failure.ts'
import type { ModelKey, Outcome, Pointer, RegistryStatus } from '../core/schema.ts'
import type { Selector } from '../core/selector.ts'
import { type Database, openDatabase } from './database.ts'
import { findRow, manifestAt, newestRow, rowBySeq, toPointer } from './history.ts'
import { importPull } from './importer.ts'
import { needsRebuild, rebuild } from './intake.ts'
import { type JobName, Jobs } from './jobs.ts'
import { type LastSeen, lastSeen } from './last-seen.ts'
import { Publisher } from './publisher.ts'
import { Puller, type RunResult } from './puller.ts'
import { statusOf } from './status.ts'

/** A job that fails in a way nobody foresaw is tried again, but not in a tight loop. */
const FAILED_JOB_DELAY_MS = 60_000

/** A row that a reader asked for, and whether it can still change what it means. */
export interface Resolved {
  pointer: Pointer
  settled: boolean
}

export class Registry extends DurableObject<Env> {
  /** The outside world, for tests to replace. */
  clock = (): number => Date.now()
  outbound = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)

  readonly #config: Config
  #db!: Database
  #jobs!: Jobs
  #publisher!: Publisher
  #puller!: Puller

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#config = parseConfig(env)
    void ctx.blockConcurrencyWhile(async () => this.#open(await openDatabase(ctx.storage)))
  }

  #open(db: Database): void {
    const clock = () => this.clock()
    this.#db = db
    this.#jobs = new Jobs(db, this.ctx.storage)
    this.#publisher = new Publisher(db, this.#jobs, this.env.REGISTRY, clock)
    const outbound = (url: string, init: RequestInit) => this.outbound(url, init)
    this.#puller = new Puller({
      db,
      jobs: this.#jobs,
      publisher: this.#publisher,
      config: this.#config,
      fetch: outbound,
      clock,
    })
    const { iqThresholds } = this.#config
    if (iqThresholds.ok && needsRebuild(db, iqThresholds.value)) this.#jobs.set('rebuild', clock())
  }

  current(): Pointer | undefined {
    const row = newestRow(this.#db)
    return row && toPointer(row)
  }

  resolve(selector: Selector): Result<Resolved> {
    const found = findRow(this.#db, selector)
    if (!found.ok) return found
    const newest = newestRow(this.#db) ?? found.value
    return ok({
      pointer: toPointer(found.value),
      settled: selector.by === 'version' || selector.time <= newest.committedAt,
    })
  }

  /** The manifest of a row, as UTF-8 JSON. */
  manifest(seq: number): Uint8Array | undefined {
    const row = rowBySeq(this.#db, seq)
    return row && new TextEncoder().encode(manifestAt(this.#db, row))
  }

  lastSeen(key: ModelKey): LastSeen | undefined {
    return lastSeen(this.#db, key)
  }

  status(): RegistryStatus {
    return statusOf(this.#db, this.#jobs, this.#config, this.clock())
  }

  /** The first read of an empty registry starts a pull, as far as the backoff allows. Does not wait for it. */
  fill(): void {
    if (this.#puller.shouldFill()) this.ctx.waitUntil(this.#puller.run('first-read', false))
  }

  runScheduled(): Promise<RunResult> {
    return this.#puller.run('cron', false)
  }

  refresh(forced: boolean): Promise<RunResult> {
    return this.#puller.run('admin', forced)
  }

  /** `text` is a recorded pull as JSON. */
  importPull(text: string, forced: boolean): Result<Outcome> {
    const result = importPull(this.#db, text, forced, this.#config, this.clock())
    if (result.ok) this.#publisher.schedule()
    return result
  }

  override async alarm(): Promise<void> {
    for (const job of this.#jobs.due(this.clock())) {
      try {
        await this.#work(job)
      } catch (error) {
        console.error(`Cannot finish the job "${job}": ${error instanceof Error ? error.message : error}`)
        this.#jobs.set(job, this.clock() + FAILED_JOB_DELAY_MS)
      }
    }
    this.#jobs.arm()
  }

  async #work(job: JobName): Promise<void> {
    switch (job) {
      case 'publish':
        return this.#publisher.publish()
      case 'watchdog':
        return this.#puller.reapDeadRun()
      case 'pull':
        this.#jobs.clear('pull')
        await this.#puller.run('retry', false)
        return
      case 'rebuild':
        return this.#rebuild()
    }
  }

  #rebuild(): void {
    this.#jobs.clear('rebuild')
    const { iqThresholds } = this.#config
    if (!iqThresholds.ok) return
    const rebuilt = rebuild(this.#db, iqThresholds.value, this.clock())
    if (!rebuilt.ok) console.error(rebuilt.failure.detail)
    else if (rebuilt.value) this.#publisher.schedule()
  }
}
