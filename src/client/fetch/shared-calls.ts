/**
 * Work that several callers may wait for at once. Each stops waiting by its own signal or timeout, and the work is aborted
 * when the last of them has stopped. Work that one of them timed out on is not joined again: in Workers it may have ended
 * with the request that started it.
 */
import { AbortedError, TimeoutError } from '../errors.ts'
import { abortable } from './abortable.ts'
import type { Signal } from './fetch-types.ts'

interface Call<T> {
  promise: Promise<T>
  controller: AbortController
  waiting: number
}

export interface SharedCalls<T> {
  /** `what` and `kind` identify equal calls. */
  run(
    what: string,
    signal: Signal | undefined,
    work: (controller: AbortController) => Promise<T>,
    kind?: string,
  ): Promise<T>
  abortAll(): void
}

/** `timeout` in milliseconds. */
export function createSharedCalls<T>(timeout: number): SharedCalls<T> {
  const calls = new Map<string, Call<T>>()
  const forget = (key: string, call: Call<T>): void => {
    if (calls.get(key) === call) calls.delete(key)
  }
  const abort = (key: string, call: Call<T>): void => {
    forget(key, call)
    call.controller.abort()
  }
  return {
    async run(what, signal, work, kind = '') {
      if (signal?.aborted) throw new AbortedError(signal.reason)
      const key = `${what} ${kind}`
      const call = calls.get(key) ?? start(work)
      calls.set(key, call)
      call.waiting += 1
      try {
        return await abortable(call.promise, signal, what, timeout)
      } catch (error) {
        if (error instanceof TimeoutError) forget(key, call)
        throw error
      } finally {
        call.waiting -= 1
        if (call.waiting === 0) abort(key, call)
      }
    },
    abortAll() {
      for (const [key, call] of calls) abort(key, call)
    },
  }
}

function start<T>(work: (controller: AbortController) => Promise<T>): Call<T> {
  const controller = new AbortController()
  return { promise: work(controller), controller, waiting: 0 }
}
