/**
 * The manifest that a reader answers from: in memory, in a store, and no further behind the registry than the options
 * allow; or that of one version or moment, which is fetched once. A refresh that fails leaves the last good one, marked
 * stale.
 */
import type { Diff, Manifest } from '../core/schema.ts'
import type { CheckedUpdate } from './checked-update.ts'
import { AbortedError, type ClientError, type ProblemError, RegistryError } from './errors.ts'
import { fetchNewer, type Selection } from './fetch-manifest.ts'
import type { Signal } from './fetch-types.ts'
import { copyOf, idOf } from './known-manifest.ts'
import { isWorkers } from './manifest-store.ts'
import type { ReadOptions } from './reader.ts'
import type { RegistryOptions } from './registry-options.ts'
import { failWith, type Reply, succeed } from './reply.ts'
import { MAX_TIMER_MS } from './settle.ts'
import { SharedCalls } from './shared-calls.ts'
import type { CheckedManifest, StoredManifest } from './stored-manifest.ts'
import type { Transport } from './transport.ts'

const REFRESH_MS = 600_000
/** Of a refresh: for the version, the diff, and the manifest whole. */
const MAX_QUESTIONS = 3
/** For this long after a refresh that failed, reads do not wait for another. */
const PAUSE_MS = 30_000
/** Whatever `Retry-After` says: a client that heeds a slip there for years is behind for years. */
const MAX_PAUSE_MS = 3_600_000

interface Refreshed {
  held: CheckedManifest
  /** It came over the network. */
  isNew: boolean
  /** In place of another. */
  isUpdate: boolean
  diff: Diff | undefined
}

export class ManifestSource {
  readonly #transport: Transport
  readonly #selection: Selection
  readonly #stored: StoredManifest
  readonly #options: Partial<RegistryOptions>
  readonly #refreshes: SharedCalls<Refreshed>
  #interval: number
  #timer: ReturnType<typeof setInterval> | undefined
  #loading: Promise<void> | undefined
  #held: CheckedManifest | undefined
  /** The registry has said to this process that it is the one. */
  #isConfirmed = false
  #pausedUntil = 0
  #clears = 0

  /** Without a selection it is the current manifest. */
  constructor(
    transport: Transport,
    selection: Selection,
    stored: StoredManifest,
    options: Partial<RegistryOptions> = {},
  ) {
    this.#transport = transport
    this.#selection = selection
    this.#stored = stored
    this.#options = options
    this.#refreshes = new SharedCalls(MAX_QUESTIONS * transport.timeout)
    this.#interval = selection ? 0 : (options.autoRefreshInterval ?? REFRESH_MS)
  }

  async read({ forceRefresh, signal }: ReadOptions): Promise<Reply<Manifest>> {
    await this.#load()
    const held = this.#held
    const isFresh = held !== undefined && this.#isFresh(held)
    if (held && !forceRefresh && (isFresh || Date.now() < this.#pausedUntil))
      return succeed(held.manifest, true, !isFresh)
    try {
      const { held, isNew } = await this.#refresh(signal)
      return succeed(held.manifest, !isNew)
    } catch (error) {
      const last = this.#held
      const isOutage = error instanceof RegistryError && !(error instanceof AbortedError)
      return last && isOutage ? succeed(last.manifest, true, true) : failWith(error)
    }
  }

  async check(signal: Signal | undefined): Promise<Reply<CheckedUpdate>> {
    await this.#load()
    try {
      const { held, isUpdate, diff } = await this.#refresh(signal)
      return succeed({ updated: isUpdate, version: idOf(held.manifest), diff })
    } catch (error) {
      return failWith(error)
    }
  }

  /** Forgets the manifest, in memory and where it is stored. */
  async clear(): Promise<void> {
    await this.#load()
    this.#held = undefined
    this.#clears += 1
    await this.#stored.clear()
  }

  stopTimer(): void {
    clearInterval(this.#timer)
    this.#interval = 0
  }

  #load(): Promise<void> {
    this.#startTimer()
    this.#loading ??= this.#stored.load().then((held) => {
      this.#held = held
    })
    return this.#loading
  }

  /** Not before the first read: at their top level, Workers allow no timers. Nor do they keep one past a request. */
  #startTimer(): void {
    if (this.#timer || !(this.#interval > 0) || this.#interval > MAX_TIMER_MS || isWorkers()) return
    this.#timer = setInterval(() => {
      if (Date.now() >= this.#pausedUntil) this.#refresh(undefined).catch(() => undefined)
    }, this.#interval)
    unref(this.#timer)
  }

  #isFresh({ checkedAt }: CheckedManifest): boolean {
    const age = Date.now() - checkedAt
    const isInTime = this.#interval > 0 ? age >= 0 && age < this.#interval : this.#isConfirmed
    // Another token than that it was read with has to be good as well.
    return isInTime && (this.#isConfirmed || !this.#options.headers)
  }

  #refresh(signal: Signal | undefined): Promise<Refreshed> {
    return this.#refreshes.run('the manifest', signal, async (controller) => {
      const before = this.#held
      const clears = this.#clears
      const checkedAt = Date.now()
      try {
        const { diff, ...known } = await fetchNewer(this.#transport, this.#selection, before, controller.signal)
        const held = { ...known, checkedAt }
        // Unless the cache was cleared meanwhile.
        if (this.#held === before && this.#clears === clears) await this.#keep(held)
        const isNew = held.manifest !== before?.manifest
        const isUpdate = isNew && before !== undefined
        if (isUpdate) callBack(() => this.#options.onUpdate?.(copyOf(held.manifest), diff))
        return { held, isNew, isUpdate, diff }
      } catch (error) {
        if (error instanceof RegistryError && !controller.signal.aborted) this.#fail(error as ClientError)
        throw error
      }
    })
  }

  async #keep(held: CheckedManifest): Promise<void> {
    this.#held = held
    this.#isConfirmed = true
    this.#pausedUntil = 0
    await this.#stored.save(held)
  }

  #fail(error: ClientError): void {
    const { code, retryAfterSeconds = 0 }: Partial<ProblemError> = Object(error)
    // Over before the timer goes off again, unless the registry asks for more.
    const pauseMs = retryAfterSeconds * 1000 || Math.min(PAUSE_MS, this.#interval / 2 || PAUSE_MS)
    this.#pausedUntil = Date.now() + Math.min(pauseMs, MAX_PAUSE_MS)
    // What was read with a token is not for those without one.
    if (code === 'unauthorized') this.#held = undefined
    callBack(() => this.#options.onError?.(error))
  }
}

/** In browsers, which need none of it, a timer is a number; so it was in Deno. */
function unref(timer: unknown): void {
  const { Deno } = globalThis as { Deno?: { unrefTimer(timer: unknown): void } }
  // It gives itself where it has this.
  if (!(timer as { unref?(): unknown }).unref?.()) Deno?.unrefTimer(timer)
}

/** What a callback throws is its author's: it reaches neither the reads nor the next refresh. */
function callBack(call: () => void): void {
  Promise.resolve().then(call)
}
