import { AbortedError, TimeoutError } from '../errors.ts'
import type { Signal } from './fetch-types.ts'

/** A timer that is set for longer fires at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1

/** Rejects with an `AbortedError` as soon as the signal is aborted. */
export function abortable<T>(promise: Promise<T>, signal: Signal | undefined): Promise<T>
/** The same, and rejects with a `TimeoutError` after `timeout` milliseconds. */
export function abortable<T>(promise: Promise<T>, signal: Signal | undefined, what: string, timeout: number): Promise<T>
export function abortable<T>(promise: Promise<T>, signal: Signal | undefined, what = '', timeout?: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new AbortedError(signal?.reason))
    let timer: ReturnType<typeof setTimeout> | undefined
    if (timeout !== undefined)
      timer = setTimeout(() => reject(new TimeoutError(what, timeout)), Math.min(timeout, MAX_TIMER_MS))
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort)
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    })
  })
}
