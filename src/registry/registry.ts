/**
 * The Registry Durable Object: the one place that writes. Its methods are thin; they answer with data, text or a
 * `Result`, because error classes do not survive RPC. Bodies cross as bytes: objects would cost many times more.
 */
import { DurableObject } from 'cloudflare:workers'
import { type BuildSettings, type Config, parseConfig, requireBuildSettings } from '../config.ts'
import type { DiffFilter } from '../core/diff/filter.ts'
import { ok, type Result } from '../core/failure.ts'
import type { Pointer, VersionInfo } from '../core/schema/history.ts'
import type { ModelKey } from '../core/schema/model.ts'
import type { Outcome, PullRecord, RegistryStatus } from '../core/schema/operations.ts'
import type { Resolved, Selector } from '../core/selector.ts'
import { exportBackup } from './backup/exporter.ts'
import { isRestoring, RESTORING, restorePart, wipeRestore } from './backup/restorer.ts'
import { catchUp, needsRebuild, rebuild } from './build/builder.ts'
import { Explainer } from './build/explainer.ts'
import { importPull } from './changes/importer.ts'
import { acceptPull, rejectPull } from './changes/intake.ts'
import { changeOverrides, type OverrideRequest } from './changes/override-changes.ts'
import { rollBack } from './changes/pin.ts'
import { diffText } from './history/diffs.ts'
import {
  findRow,
  listRows,
  manifestAt,
  newestRow,
  outcomeOfRow,
  rowBySeq,
  toPointer,
  toVersionInfo,
} from './history/history.ts'
import { type LastSeen, lastSeen } from './history/last-seen.ts'
import { type HistoryQuery, revisionsOfEntity } from './history/revision-history.ts'
import { Enricher } from './run/enricher.ts'
import { type JobName, Jobs } from './run/jobs.ts'
import { Publisher } from './run/publisher.ts'
import { Puller, type RunResult } from './run/puller.ts'
import { statusOf } from './status.ts'
import { type Database, openDatabase } from './store/database.ts'
import {
  type ActiveOverride,
  activeOverride,
  activeOverrides,
  type ChangesQuery,
  listOverrideChanges,
  type Target,
} from './store/override-record.ts'
import { findPull, listPulls, readPayload, toPullRecord } from './store/pulls.ts'
import { dropSetting } from './store/settings.ts'

/** A job that fails in a way nobody foresaw is tried again, but not in a tight loop. */
const FAILED_JOB_DELAY_MS = 60_000

export class Registry extends DurableObject<Env> {
  /** The outside world, for tests to replace. */
  clock = (): number => Date.now()
  outbound = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)

  readonly #config: Config
  #db!: Database
  #jobs!: Jobs
  #publisher!: Publisher
  #puller!: Puller
  #explainer!: Explainer

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
    const parts = { db, jobs: this.#jobs, publisher: this.#publisher, config: this.#config, fetch: outbound, clock }
    this.#explainer = new Explainer(db, this.#config)
    this.#puller = new Puller({ ...parts, enricher: new Enricher(parts) })
    // An alarm that failed too often is dropped by the platform; what it was for is still in the table.
    this.#jobs.arm()
    if (isRestoring(db)) return
    this.#publisher.catchUp()
    this.#scheduleRebuild()
  }

  /** Settings or code may have changed since the current catalogue was built. */
  #scheduleRebuild(): void {
    const settings = requireBuildSettings(this.#config)
    if (settings.ok && needsRebuild(this.#db, settings.value)) this.#jobs.set('rebuild', this.clock())
  }

  current(): Pointer | undefined {
    const row = isRestoring(this.#db) ? undefined : newestRow(this.#db)
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

  /** VersionInfo[] as UTF-8 JSON, newest first, from a row downwards. */
  versions(limit: number, upTo: number): Uint8Array {
    return encode(listRows(this.#db, limit, upTo).map(toVersionInfo))
  }

  version(selector: Selector): Result<VersionInfo> {
    if (isRestoring(this.#db)) return RESTORING
    const found = findRow(this.#db, selector)
    return found.ok ? ok(toVersionInfo(found.value)) : found
  }

  /** A Diff as UTF-8 JSON. */
  diff(fromSeq: number, toSeq: number, filter: DiffFilter): Uint8Array | undefined {
    const text = diffText(this.#db, fromSeq, toSeq, filter)
    return text === undefined ? undefined : new TextEncoder().encode(text)
  }

  /** The revisions of a model or provider; `undefined` if there never was one. */
  history(query: HistoryQuery): Uint8Array | undefined {
    const revisions = revisionsOfEntity(this.#db, query)
    if (!revisions) return undefined
    const { kind, provider, value } = query
    const named = revisions.map(({ facts, ...rest }) => ({ ...rest, ...(facts && { [kind]: facts }) }))
    return encode({ provider, ...(kind === 'model' && { value }), revisions: named })
  }

  pulls(limit: number, before: number | undefined): Result<PullRecord[]> {
    return this.#read(() => listPulls(this.#db, limit, before).map((pull) => toPullRecord(this.#db, pull)))
  }

  pull(id: number): Result<PullRecord | undefined> {
    return this.#read(() => {
      const pull = findPull(this.#db, id)
      return pull && toPullRecord(this.#db, pull)
    })
  }

  /** `{ fetchedAt, pages }` as it was taken, as JSON. */
  payload(id: number): Result<string | undefined> {
    return this.#read(() => {
      const payload = readPayload(this.#db, id)
      return payload && JSON.stringify(payload)
    })
  }

  accept(id: number): Result<Outcome> {
    return this.#build((settings) => acceptPull(this.#db, id, settings, this.clock()))
  }

  reject(id: number): Result<Outcome> {
    return this.#change(() => rejectPull(this.#db, id))
  }

  rollBack(selector: Selector, reason: string): Result<Outcome> {
    return this.#change(() => rollBack(this.#db, selector, reason, this.clock()))
  }

  liftPin(): Result<Outcome> {
    const lift = (settings: BuildSettings): Result<Outcome> => {
      dropSetting(this.#db, 'pin')
      const rebuilt = rebuild(this.#db, settings, { cause: 'rebuild', at: this.clock() })
      return rebuilt.ok ? ok(outcomeOfRow(this.#db, rebuilt.value)) : rebuilt
    }
    return this.#build((settings) => this.#db.attempt(() => lift(settings)))
  }

  /** A model of the current version with its provenance, as UTF-8 JSON. */
  explain(key: ModelKey): Result<Uint8Array | undefined> {
    if (isRestoring(this.#db)) return RESTORING
    const explained = this.#explainer.explain(key)
    if (!explained.ok) return explained
    const { model, provenance } = explained.value ?? {}
    return ok(model && encode({ ...model, provenance }))
  }

  /** Disagreement[] as UTF-8 JSON. */
  disagreements(): Result<Uint8Array> {
    if (isRestoring(this.#db)) return RESTORING
    const told = this.#explainer.disagreements()
    return told.ok ? ok(encode(told.value)) : told
  }

  status(): RegistryStatus {
    return statusOf(this.#db, this.#jobs, this.#config, this.clock())
  }

  /** The first read of an empty registry starts a pull, as far as the backoff allows. Does not wait for it. */
  fill(): 'empty' | 'restoring' {
    if (this.#puller.shouldFill()) this.ctx.waitUntil(this.#puller.run('first-read', false))
    return isRestoring(this.#db) ? 'restoring' : 'empty'
  }

  runScheduled(): Promise<RunResult> {
    return this.#puller.run('cron', false)
  }

  refresh(forced: boolean): Promise<RunResult> {
    return this.#puller.run('admin', forced)
  }

  /** `text` is a recorded pull as JSON. */
  importPull(text: string, forced: boolean): Result<Outcome> {
    return this.#change(() => importPull(this.#db, text, forced, this.#config, this.clock()))
  }

  overrides(): Result<ActiveOverride[]> {
    return this.#read(() => activeOverrides(this.#db))
  }

  override(target: Target): Result<ActiveOverride | undefined> {
    return this.#read(() => activeOverride(this.#db, target))
  }

  /** OverrideChange[] as UTF-8 JSON, newest first, of one target or of all. */
  overrideChanges(query: ChangesQuery): Result<Uint8Array> {
    return this.#read(() => encode(listOverrideChanges(this.#db, query)))
  }

  /** An outcome with its diff, as UTF-8 JSON. */
  changeOverrides(request: OverrideRequest): Result<Uint8Array> {
    return this.#build((settings) => {
      const changed = changeOverrides(this.#db, request, settings, this.clock())
      return changed.ok ? ok(encode(changed.value)) : changed
    })
  }

  /** A stream of NDJSON. */
  export(payloads: boolean): Result<ReadableStream<Uint8Array>> {
    return this.#read(() => exportBackup(this.#db, this.clock(), payloads))
  }

  restore(part: number, text: string): Result<Outcome> {
    const result = restorePart(this.#db, part, text)
    if (!result.ok || isRestoring(this.#db)) return result
    this.#publisher.schedule()
    this.#scheduleRebuild()
    return result
  }

  wipeRestore(): Result<Outcome> {
    return wipeRestore(this.#db)
  }

  #read<T>(work: () => T): Result<T> {
    return isRestoring(this.#db) ? RESTORING : ok(work())
  }

  /** Makes a change that may have made a row, which KV must then learn. */
  #change<T>(work: () => Result<T>): Result<T> {
    if (isRestoring(this.#db)) return RESTORING
    const result = work()
    if (result.ok) this.#publisher.schedule()
    return result
  }

  /** The same for a change that builds a catalogue. */
  #build<T>(work: (settings: BuildSettings) => Result<T>): Result<T> {
    const settings = requireBuildSettings(this.#config)
    return settings.ok ? this.#change(() => work(settings.value)) : settings
  }

  override async alarm(): Promise<void> {
    for (const job of this.#jobs.due(this.clock())) {
      // What was due may have been put off while another job was being done.
      if ((this.#jobs.dueAt(job) ?? Number.POSITIVE_INFINITY) > this.clock()) continue
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
      case 'enrichment':
        this.#jobs.clear('enrichment')
        return this.#puller.enrich()
    }
  }

  #rebuild(): void {
    this.#jobs.clear('rebuild')
    const settings = requireBuildSettings(this.#config)
    if (!settings.ok || isRestoring(this.#db)) return
    const rebuilt = this.#db.attempt(() => catchUp(this.#db, settings.value, this.clock()))
    if (!rebuilt.ok) console.error(rebuilt.failure.detail)
    else if (rebuilt.value) this.#publisher.schedule()
    if (this.#puller.shouldReplace()) this.#jobs.set('pull', this.clock())
  }
}

const encode = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json))
