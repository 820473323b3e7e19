/**
 * The manifest that a reader answers from: in memory, in a store, and no further behind the registry than the options
 * allow; or that of one version or moment, which is fetched once. A refresh that fails leaves the last good one, marked
 * stale.
 */
import type { Diff, Manifest } from '../../core/schema/history.ts'
import { AbortedError, type ClientError, type ProblemError, RegistryError } from '../errors.ts'
import type { Signal } from '../fetch/fetch-types.ts'
import { MAX_TIMER_MS } from '../fetch/settle.ts'
import { createSharedCalls } from '../fetch/shared-calls.ts'
import type { Transport } from '../fetch/transport.ts'
import type { ReadOptions } from '../reader.ts'
import type { RegistryOptions } from '../registry-options.ts'
import { failWith, type Reply, succeed } from '../reply.ts'
import { isWorkers } from '../store/manifest-store.ts'
import type { CheckedManifest, StoredManifest } from '../store/stored-manifest.ts'
import type { CheckedUpdate } from './checked-update.ts'
import { fetchNewer, type Selection } from './fetch-manifest.ts'
import { copyOf, idOf } from './known-manifest.ts'

const REFRESH_MS = 600_000
/** Of a refresh: for the version, the diff, and the manifest whole. */
const MAX_QUESTIONS = 3
/** For this long after a refresh that failed, reads do not wait for another. */
const PAUSE_MS = 30_000
/** Whatever `Retry-After` says: a client that heeds a slip there for years is behind for years. */
const MAX_PAUSE_MS = 3_600_000

interface Refreshed {
  manifest: Manifest
  /** Nothing newer came over the network. */
  cached: boolean
  /** What came took the place of another. */
  updated: boolean
  diff: Diff | undefined
}

export interface ManifestSource {
  read(options: ReadOptions): Promise<Reply<Manifest>>
  check(signal: Signal | undefined): Promise<Reply<CheckedUpdate>>
  /** Forgets the manifest, in memory and where it is stored. */
  clear(): Promise<void>
  stopTimer(): void
}

/** Without a selection it is the current manifest. */
export function createManifestSource(
  transport: Transport,
  selection: Selection,
  stored: StoredManifest,
  options: Partial<RegistryOptions> = {},
): ManifestSource {
  const refreshes = createSharedCalls<Refreshed>(MAX_QUESTIONS * transport.timeout)
  let interval = selection ? 0 : (options.autoRefreshInterval ?? REFRESH_MS)
  let timer: ReturnType<typeof setInterval> | undefined
  let loading: Promise<void> | undefined
  let held: CheckedManifest | undefined
  /** The registry has said to this process that it is the one. */
  let isConfirmed = false
  let pausedUntil = 0
  let clears = 0

  const load = (): Promise<void> => {
    startTimer()
    loading ??= stored.load().then((known) => {
      held = known
    })
    return loading
  }

  /** Not before the first read: at their top level, Workers allow no timers. Nor do they keep one past a request. */
  const startTimer = (): void => {
    if (timer || !(interval > 0) || interval > MAX_TIMER_MS || isWorkers()) return
    timer = setInterval(() => {
      if (Date.now() >= pausedUntil) refresh(undefined).catch(() => undefined)
    }, interval)
    unref(timer)
  }

  const isFresh = ({ checkedAt }: CheckedManifest): boolean => {
    const age = Date.now() - checkedAt
    const isInTime = interval > 0 ? age >= 0 && age < interval : isConfirmed
    // Another token than that it was read with has to be good as well.
    return isInTime && (isConfirmed || !options.headers)
  }

  const refresh = (signal: Signal | undefined): Promise<Refreshed> =>
    refreshes.run('the manifest', signal, async ({ signal }) => {
      const before = held
      const clearsBefore = clears
      const checkedAt = Date.now()
      try {
        const { diff, ...known } = await fetchNewer(transport, selection, before, signal)
        const { manifest } = known
        // Unless the cache was cleared meanwhile.
        if (held === before && clears === clearsBefore) await keep({ ...known, checkedAt })
        const cached = manifest === before?.manifest
        const updated = !cached && before !== undefined
        if (updated) callBack(() => options.onUpdate?.(copyOf(manifest), diff))
        return { manifest, cached, updated, diff }
      } catch (error) {
        if (error instanceof RegistryError && !signal.aborted) fail(error as ClientError)
        throw error
      }
    })

  const keep = async (known: CheckedManifest): Promise<void> => {
    held = known
    isConfirmed = true
    pausedUntil = 0
    await stored.save(known)
  }

  const fail = (error: ClientError): void => {
    const { code, retryAfterSeconds = 0 }: Partial<ProblemError> = Object(error)
    // Over before the timer goes off again, unless the registry asks for more.
    const pauseMs = retryAfterSeconds * 1000 || Math.min(PAUSE_MS, interval / 2 || PAUSE_MS)
    pausedUntil = Date.now() + Math.min(pauseMs, MAX_PAUSE_MS)
    // What was read with a token is not for those without one.
    if (code === 'unauthorized') held = undefined
    callBack(() => options.onError?.(error))
  }

  return {
    async read({ forceRefresh, signal }) {
      await load()
      const stale = held !== undefined && !isFresh(held)
      if (held && !forceRefresh && (!stale || Date.now() < pausedUntil)) return succeed(held.manifest, true, stale)
      try {
        const { manifest, cached } = await refresh(signal)
        return succeed(manifest, cached)
      } catch (error) {
        const isOutage = error instanceof RegistryError && !(error instanceof AbortedError)
        return held && isOutage ? succeed(held.manifest, true, true) : failWith(error)
      }
    },
    async check(signal) {
      await load()
      try {
        const { manifest, updated, diff } = await refresh(signal)
        return succeed({ updated, version: idOf(manifest), diff })
      } catch (error) {
        return failWith(error)
      }
    },
    async clear() {
      await load()
      held = undefined
      clears += 1
      await stored.clear()
    },
    stopTimer() {
      clearInterval(timer)
      interval = 0
    },
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
