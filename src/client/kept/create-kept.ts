/**
 * A value that reads answer from, kept as current as the options allow: in memory, in a store, and asked for again after
 * an interval; or one that never changes, which is fetched once. A refresh that fails leaves the last good value, marked
 * stale.
 */
import type { Diff } from '../../core/schema/history.ts'
import { AbortedError, type ClientError, type ProblemError, RegistryError } from '../errors.ts'
import { abortable, MAX_TIMER_MS } from '../fetch/abortable.ts'
import type { Signal } from '../fetch/fetch-types.ts'
import { isWorkers } from '../fetch/runtime.ts'
import { createSharedCalls } from '../fetch/shared-calls.ts'
import type { ReadOptions } from '../reader.ts'
import type { RegistryOptions } from '../registry-options.ts'
import { failWith, type Reply, succeed } from '../reply.ts'

const REFRESH_MS = 600_000
/** For this long after a refresh that failed, reads do not wait for another. */
const PAUSE_MS = 30_000
/** Whatever `Retry-After` says: a client that heeds a slip there for years is behind for years. */
const MAX_PAUSE_MS = 3_600_000

export interface Held<T> {
  value: T
  /** When the registry last said that it is the one, in Unix milliseconds. */
  checkedAt: number
}

/** Where a value outlives the page or the process. */
export interface Stored<T> {
  load(): Promise<Held<T> | undefined>
  /** A full or forbidden store is no loss: the value is in memory. */
  save(held: Held<T>): Promise<void>
  clear(): Promise<void>
}

export interface Fetched<T> {
  value: T
  /** The changes since the value before; `undefined` where they are not known. */
  diff?: Diff | undefined
}

export interface KeptParts<T> {
  /** What is kept, for messages. */
  what: string
  /** Milliseconds for a whole refresh. */
  timeout: number
  /** It never changes. */
  isPinned: boolean
  /** The value before itself where it is current, else a newer one. */
  fetch(before: T | undefined, signal: AbortSignal): Promise<Fetched<T>>
  stored?: Stored<T> | undefined
  /** Whether a timer refreshes it between reads. */
  hasTimer?: boolean
  onUpdate?(value: T, diff: Diff | undefined): void
}

export interface Refreshed<T> extends Fetched<T> {
  /** Nothing newer came over the network. */
  cached: boolean
  /** What came took the place of another. */
  updated: boolean
}

export interface Kept<T> {
  read(options: ReadOptions): Promise<Reply<T>>
  /** Asks the registry now. Rejects with a `RegistryError`. */
  refresh(signal: Signal | undefined): Promise<Refreshed<T>>
  /** Looks where it is stored. Whether there is a value then. */
  load(): Promise<boolean>
  /** Whether there is a value in memory. */
  isHeld(): boolean
  /** Forgets the value, in memory and where it is stored. */
  clear(): Promise<void>
  stopTimer(): void
}

export function createKept<T>(parts: KeptParts<T>, options: RegistryOptions): Kept<T> {
  const { what, timeout, isPinned, stored } = parts
  const refreshes = createSharedCalls<Refreshed<T>>(timeout)
  let interval = isPinned ? 0 : (options.autoRefreshInterval ?? REFRESH_MS)
  let timer: ReturnType<typeof setInterval> | undefined
  let loading: Promise<void> | undefined
  let held: Held<T> | undefined
  /** The registry has said to this process that it is the one. */
  let isConfirmed = false
  let pausedUntil = 0
  let clears = 0

  const load = (): Promise<void> => {
    startTimer()
    loading ??= Promise.resolve(stored?.load()).then((known) => {
      held = known
    })
    return loading
  }

  /** Not before the first read: at their top level, Workers allow no timers. Nor do they keep one past a request. */
  const startTimer = (): void => {
    if (!parts.hasTimer || timer || !(interval > 0) || interval > MAX_TIMER_MS || isWorkers()) return
    timer = setInterval(() => {
      if (Date.now() >= pausedUntil) refresh(undefined).catch(() => undefined)
    }, interval)
    unref(timer)
  }

  const isFresh = ({ checkedAt }: Held<T>): boolean => {
    const age = Date.now() - checkedAt
    const isInTime = interval > 0 ? age >= 0 && age < interval : isConfirmed
    // Another token than that it was read with has to be good as well.
    return isInTime && (isConfirmed || !options.headers)
  }

  const refresh = (signal: Signal | undefined): Promise<Refreshed<T>> =>
    refreshes.run(what, signal, async ({ signal }) => {
      const before = held
      const clearsBefore = clears
      const checkedAt = Date.now()
      try {
        const { value, diff } = await parts.fetch(before?.value, signal)
        // Unless the cache was cleared meanwhile.
        if (held === before && clears === clearsBefore) await keep({ value, checkedAt })
        const cached = value === before?.value
        const updated = !cached && before !== undefined
        if (updated) callBack(() => parts.onUpdate?.(value, diff))
        return { value, cached, updated, diff }
      } catch (error) {
        if (error instanceof RegistryError && !signal.aborted) fail(error as ClientError)
        throw error
      }
    })

  const keep = async (known: Held<T>): Promise<void> => {
    held = known
    isConfirmed = true
    pausedUntil = 0
    await stored?.save(known)
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
      try {
        await abortable(load(), signal)
        const stale = held !== undefined && !isFresh(held)
        if (held && !forceRefresh && (!stale || Date.now() < pausedUntil)) return succeed(held.value, true, stale)
        const { value, cached } = await refresh(signal)
        return succeed(value, cached)
      } catch (error) {
        const isOutage = error instanceof RegistryError && !(error instanceof AbortedError)
        return held && isOutage ? succeed(held.value, true, true) : failWith(error)
      }
    },
    async refresh(signal) {
      await abortable(load(), signal)
      return refresh(signal)
    },
    load: () => load().then(() => held !== undefined),
    isHeld: () => held !== undefined,
    async clear() {
      await load()
      held = undefined
      clears += 1
      await stored?.clear()
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
