/**
 * The Registry Durable Object: the only writer. Its methods are thin; they return data, text or a `Result`, because
 * error classes do not survive RPC. Bodies are passed as bytes: objects would cost many times more.
 */
import { DurableObject } from 'cloudflare:workers'
import { type BuildSettings, parseConfig } from '../config.ts'
import type { DiffFilter } from '../core/diff/filter.ts'
import { ok, type Result } from '../core/failure.ts'
import type { IndexedManifest } from '../core/manifest/manifest-layout.ts'
import type { Pointer, VersionInfo } from '../core/schema/history.ts'
import type { ModelKey } from '../core/schema/model.ts'
import type { Outcome, PullRecord, RegistryStatus } from '../core/schema/operations.ts'
import type { PricedModelQuery } from '../core/search/priced-model.ts'
import type { Resolved, Selector } from '../core/selector.ts'
import { exportBackup } from './backup/exporter.ts'
import { RESTORING, restorePart, wipeRestore } from './backup/restorer.ts'
import { acceptHeld, diffHeld, rejectHeld } from './changes/decide.ts'
import { changeOverrides, type OverrideRequest } from './changes/override-changes.ts'
import { liftPin, previewLift, previewRollBack, rollBack } from './changes/pin.ts'
import type { HeldTarget } from './changes/pulls/find-held.ts'
import { type BackfillOutcome, type BackfillState, backfill, backfillState } from './changes/recorded/backfill.ts'
import { importPull } from './changes/recorded/importer.ts'
import { Gate } from './gate.ts'
import { changedPrices, diffText, providersBetween } from './history/diffs.ts'
import type { PriceQuery } from './history/documented-prices.ts'
import { findVersion, resolveCommit } from './history/find-commit.ts'
import { currentPointer, listVersions, rowBySeq } from './history/history.ts'
import { type LastSeen, lastSeen } from './history/last-seen.ts'
import { manifestAt, partByDigest } from './history/parts.ts'
import { readPriceBook } from './history/price-book.ts'
import { pricesOfModel } from './history/price-history.ts'
import { type HistoryQuery, historyOfEntity } from './history/revision-history.ts'
import { assertFitsMessage, messageBytes } from './message-bytes.ts'
import { type ModelRecordQuery, readModelRecord } from './model-record.ts'
import { openParts, type RegistryParts } from './parts.ts'
import type { RunRequest, RunResult } from './run/puller.ts'
import { statusOf } from './status.ts'
import {
  activeOverride,
  activeOverrides,
  type ChangesQuery,
  listOverrideChanges,
  type Target,
} from './store/override-record.ts'
import { findPull, listPulls, readPayload, toPullRecord } from './store/pulls.ts'

export class Registry extends DurableObject<Env> {
  /** The outside world, for tests to replace. */
  clock = (): number => Date.now()
  outbound = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)

  /** Resolves when the storage is open. */
  readonly opening: Promise<void>
  #opened: Gate | undefined

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.opening = ctx.blockConcurrencyWhile(async () => {
      const parts = await openParts({
        storage: ctx.storage,
        kv: env.REGISTRY,
        config: parseConfig(env),
        fetch: (url, init) => this.outbound(url, init),
        clock: () => this.clock(),
      })
      this.#opened = new Gate(parts)
      // The platform drops an alarm that failed too often, but its jobs are still in the table.
      parts.jobs.arm()
      this.#catchUp()
    })
  }

  get #gate(): Gate {
    if (!this.#opened) throw new Error('Cannot use the registry: its storage is not open yet')
    return this.#opened
  }

  current(): Pointer | undefined {
    return this.#gate.find(({ db }) => currentPointer(db))
  }

  resolve(selector: Selector): Result<Resolved> {
    return this.#gate.answer(({ db }) => resolveCommit(db, selector))
  }

  /** The manifest of a commit, with its index. */
  manifest(seq: number): IndexedManifest | undefined {
    return this.#gate.find(({ db }) => {
      const row = rowBySeq(db, seq)
      const manifest = row && manifestAt(db, row)
      if (manifest) assertFitsMessage(manifest.bytes)
      return manifest
    })
  }

  /** The bytes of the part with a digest, if any commit ever had it. */
  part(digest: string): Uint8Array | undefined {
    return textBytes(this.#gate.find(({ db }) => partByDigest(db, digest)))
  }

  lastSeen(key: ModelKey): LastSeen | undefined {
    return this.#gate.find(({ db }) => lastSeen(db, key))
  }

  /** VersionInfo[] as UTF-8 JSON, newest first, starting at commit `upTo`. */
  versions(limit: number, upTo: number): Uint8Array | undefined {
    return jsonBytes(this.#gate.find(({ db }) => listVersions(db, limit, upTo)))
  }

  version(selector: Selector): Result<VersionInfo> {
    return this.#gate.answer(({ db }) => findVersion(db, selector))
  }

  /** A Diff as UTF-8 JSON. */
  diff(fromSeq: number, toSeq: number, filter: DiffFilter): Uint8Array | undefined {
    return textBytes(this.#gate.find(({ db }) => diffText(db, fromSeq, toSeq, filter)))
  }

  /** ChangedPrices[] of first-party models as UTF-8 JSON; `undefined` if there is no such commit. */
  changedPrices(fromSeq: number, toSeq: number): Uint8Array | undefined {
    return jsonBytes(this.#gate.find(({ db }) => changedPrices(db, fromSeq, toSeq)))
  }

  /** The providers that a diff may contain. */
  providersOfDiff(fromSeq: number, toSeq: number): string[] {
    return this.#gate.find(({ db }) => providersBetween(db, fromSeq, toSeq)) ?? []
  }

  /** The revisions of a model or provider, as UTF-8 JSON; `undefined` if it never existed. */
  history(query: HistoryQuery): Uint8Array | undefined {
    return jsonBytes(this.#gate.find(({ db }) => historyOfEntity(db, query)))
  }

  /** PricePeriod[] as UTF-8 JSON, oldest first; `undefined` if the model never existed. */
  prices(query: PriceQuery): Uint8Array | undefined {
    return jsonBytes(this.#gate.find(({ db }) => pricesOfModel(db, query)))
  }

  /** A ModelRecord as UTF-8 JSON. */
  modelRecord(query: ModelRecordQuery): Uint8Array | undefined {
    return jsonBytes(this.#gate.find((parts) => readModelRecord(parts, query)))
  }

  /** PriceEntry[] as UTF-8 JSON, in the order of the queries; `undefined` if there is no such commit. */
  priceBook(asks: readonly PricedModelQuery[], seq: number): Uint8Array | undefined {
    return jsonBytes(this.#gate.find(({ db }) => readPriceBook(db, asks, seq)))
  }

  pulls(limit: number, before: number | undefined): Result<PullRecord[]> {
    return this.#gate.answer(({ db }) => ok(listPulls(db, limit, before).map((pull) => toPullRecord(db, pull))))
  }

  pull(id: number): Result<PullRecord | undefined> {
    return this.#gate.answer(({ db }) => {
      const pull = findPull(db, id)
      return ok(pull && toPullRecord(db, pull))
    })
  }

  /** `{ source, fetchedAt, pages }` as received, as UTF-8 JSON. */
  payload(id: number): Result<Uint8Array | undefined> {
    return this.#gate.answer(({ db }) => {
      const payload = readPayload(db, id)
      return ok(payload && jsonBytes({ source: findPull(db, id)?.source, ...payload }))
    })
  }

  /** The effect of accepting, as UTF-8 JSON. */
  heldDiff(target: HeldTarget): Result<Uint8Array> {
    const compare = ({ db, clock }: RegistryParts, settings: BuildSettings) => diffHeld(db, target, settings, clock())
    return resultBytes(this.#gate.preview(compare))
  }

  accept(target: HeldTarget): Result<Outcome> {
    return this.#gate.build(({ db, clock }, settings) => acceptHeld(db, target, settings, clock()))
  }

  reject(target: HeldTarget): Result<Outcome> {
    return this.#gate.change(({ db }) => rejectHeld(db, target))
  }

  rollBack(selector: Selector, reason: string): Result<Outcome> {
    return this.#gate.change(({ db, clock }) => rollBack(db, selector, reason, clock()))
  }

  liftPin(): Result<Outcome> {
    const result = this.#gate.build(({ db, clock }, settings) => liftPin(db, settings, clock()))
    if (result.ok) this.#catchUp()
    return result
  }

  /** The effect of a rollback, as UTF-8 JSON. */
  previewRollBack(selector: Selector): Result<Uint8Array> {
    return resultBytes(this.#gate.answer(({ db, clock }) => previewRollBack(db, selector, clock())))
  }

  /** The effect of lifting the pin, as UTF-8 JSON. */
  previewLift(): Result<Uint8Array> {
    const preview = ({ db, clock }: RegistryParts, settings: BuildSettings) => previewLift(db, settings, clock())
    return resultBytes(this.#gate.preview(preview))
  }

  /** A model of the current version with its provenance, as UTF-8 JSON. */
  explain(key: ModelKey): Result<Uint8Array | undefined> {
    return this.#gate.answer(({ explainer }) => {
      const explained = explainer.explain(key)
      if (!explained.ok) return explained
      const { model, provenance } = explained.value ?? {}
      return ok(model && jsonBytes({ ...model, provenance }))
    })
  }

  /** Disagreement[] as UTF-8 JSON. */
  disagreements(): Result<Uint8Array> {
    return resultBytes(this.#gate.answer(({ explainer }) => explainer.disagreements()))
  }

  status(): RegistryStatus {
    this.#gate.find(({ publisher }) => publisher.catchUp())
    return statusOf(this.#gate.ungated)
  }

  /** Called by reads of an empty registry: starts a pull if the backoff allows it, and does not wait for it. */
  fill(): 'empty' | 'restoring' {
    const fill = ({ puller }: RegistryParts) => {
      if (puller.shouldFill()) this.ctx.waitUntil(puller.run({ trigger: 'first-read' }))
      return 'empty' as const
    }
    return this.#gate.pass<'empty' | 'restoring'>(fill, () => 'restoring')
  }

  runScheduled(): Promise<RunResult> {
    this.#catchUp()
    return this.#run({ trigger: 'cron' })
  }

  refresh(request: Omit<RunRequest, 'trigger'>): Promise<RunResult> {
    return this.#run({ ...request, trigger: 'admin' })
  }

  /** `bytes`: a recorded pull as UTF-8 JSON. */
  importPull(bytes: Uint8Array, forced: boolean): Result<Outcome> {
    return this.#gate.build(({ db, clock }, settings) => importPull(db, bytes, forced, settings, clock()))
  }

  /** `bytes`: the days to replay, as UTF-8 JSON. */
  backfill(bytes: Uint8Array): Result<BackfillOutcome> {
    return this.#gate.build(({ db, clock }, settings) => backfill(db, bytes, { settings, now: clock() }))
  }

  backfillState(): Result<BackfillState> {
    return this.#gate.answer(({ db }) => ok(backfillState(db)))
  }

  /** ActiveOverride[] as UTF-8 JSON. */
  overrides(): Result<Uint8Array> {
    return resultBytes(this.#gate.answer(({ db }) => ok(activeOverrides(db))))
  }

  /** An ActiveOverride as UTF-8 JSON. */
  override(target: Target): Result<Uint8Array | undefined> {
    return this.#gate.answer(({ db }) => ok(jsonBytes(activeOverride(db, target))))
  }

  /** OverrideChange[] as UTF-8 JSON, newest first, for one target or for all. */
  overrideChanges(query: ChangesQuery): Result<Uint8Array> {
    return resultBytes(this.#gate.answer(({ db }) => ok(listOverrideChanges(db, query))))
  }

  /** An outcome with its diff, as UTF-8 JSON. */
  changeOverrides(request: OverrideRequest): Result<Uint8Array> {
    const change = ({ db, clock }: RegistryParts, settings: BuildSettings) =>
      changeOverrides(db, request, settings, clock())
    if (request.dryRun) return resultBytes(this.#gate.preview(change))
    const result = this.#gate.build(change)
    if (result.ok) this.#catchUp()
    return resultBytes(result)
  }

  /** A stream of NDJSON. */
  export(payloads: boolean): Result<ReadableStream<Uint8Array>> {
    return this.#gate.answer(({ db, clock }) => ok(exportBackup(db, clock(), payloads)))
  }

  restore(part: number, text: string): Result<Outcome> {
    const result = this.#gate.restore(({ db }) => restorePart(db, part, text))
    // The last part opens the gate.
    if (result.ok) this.#catchUp()
    return result
  }

  wipeRestore(): Result<Outcome> {
    return this.#gate.restore(({ db }) => wipeRestore(db))
  }

  override async alarm(): Promise<void> {
    const { jobs, clock } = this.#gate.ungated
    for (const job of jobs.due(clock()))
      await this.#gate.pass(
        ({ runner }) => runner.run(job),
        async () => jobs.clear(job),
      )
    jobs.arm()
  }

  #catchUp(): void {
    this.#gate.find(({ runner }) => runner.catchUp())
  }

  #run(request: RunRequest): Promise<RunResult> {
    return this.#gate.pass<Promise<RunResult>>(
      ({ puller }) => puller.run(request),
      async () => RESTORING,
    )
  }
}

const textBytes = (text: string | undefined) => (text === undefined ? undefined : messageBytes(text))
const jsonBytes = (json: unknown) => textBytes(json === undefined ? undefined : JSON.stringify(json))

function resultBytes(result: Result<unknown>): Result<Uint8Array> {
  return result.ok ? ok(messageBytes(JSON.stringify(result.value))) : result
}
