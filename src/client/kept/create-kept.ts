/**
 * A value for reads, kept as current as the options allow: in memory and in a store, and refreshed after an interval; or
 * one that never changes, which is fetched once. A failed refresh keeps the last good value, marked as stale.
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
/** For this long after a failed refresh, reads do not wait for another. */
const PAUSE_MS = 30_000
/** The maximal delay, whatever `Retry-After` says: a mistake there must not stop refreshes for years. */
const MAX_PAUSE_MS = 3_600_000

export interface Held<T> {
  value: T
  /** When the registry last confirmed it, in Unix milliseconds. */
  checkedAt: number
}

/** Where a value outlives the page or the process. */
export interface Stored<T> {
  load(): Promise<Held<T> | undefined>
  /** A store that is full or not accessible is not an error: the value is in memory. */
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
  /** The new value replaced another. */
  updated: boolean
}

export interface Kept<T> {
  read(options: ReadOptions): Promise<Reply<T>>
  /** Asks the registry now. Rejects with a `RegistryError`. */
  refresh(signal: Signal | undefined): Promise<Refreshed<T>>
  /** Loads the stored value. Returns whether there is a value. */
  load(): Promise<boolean>
  /** Whether there is a value in memory. */
  isHeld(): boolean
  /** Clears the value, in memory and in the store. */
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
  /** The registry has confirmed it to this process. */
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

  /** Started with the first read: Workers do not allow timers at the top level, nor do they keep one after a request. */
  const startTimer = (): void => {
    if (!parts.hasTimer || timer || !(interval > 0) || interval > MAX_TIMER_MS || isWorkers()) return
    timer = setInterval(() => {
      if (!isPaused()) refresh(undefined).catch(() => undefined)
    }, interval)
    unref(timer)
  }

  const isFresh = ({ checkedAt }: Held<T>): boolean => {
    const age = Date.now() - checkedAt
    const isInTime = interval > 0 ? age >= 0 && age < interval : isConfirmed
    // A token other than the one that it was read with must be valid, too.
    return isInTime && (isConfirmed || !options.headers)
  }

  /** Unless the clock was set back since. */
  const isPaused = (): boolean => {
    const left = pausedUntil - Date.now()
    return left > 0 && left <= MAX_PAUSE_MS
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
    // Over before the timer fires again, unless the registry asks for a longer delay.
    const pauseMs = retryAfterSeconds * 1000 || Math.min(PAUSE_MS, interval / 2 || PAUSE_MS)
    pausedUntil = Date.now() + Math.min(pauseMs, MAX_PAUSE_MS)
    // Content that was read with a token is not for clients without one.
    if (code === 'unauthorized') held = undefined
    callBack(() => options.onError?.(error))
  }

  return {
    async read({ forceRefresh, signal }) {
      try {
        await abortable(load(), signal)
        const stale = held !== undefined && !isFresh(held)
        if (held && !forceRefresh && (!stale || isPaused())) return succeed(held.value, true, stale)
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

/** Errors of a callback do not affect reads or the next refresh. */
function callBack(call: () => void): void {
  Promise.resolve().then(call)
}
