/**
 * Work that several callers may wait for at once. Each stops waiting by its own signal or its own clock, and the work is
 * aborted when the last of them has. Work on which one of them timed out is not joined again: in Workers it may have
 * died with the request that began it.
 */
import { AbortedError, TimeoutError } from '../errors.ts'
import type { Signal } from './fetch-types.ts'
import { settle } from './settle.ts'

interface Call<T> {
  promise: Promise<T>
  controller: AbortController
  waiting: number
}

export interface SharedCalls<T> {
  /** `what` tells calls apart that are not the same. */
  run(what: string, signal: Signal | undefined, work: (controller: AbortController) => Promise<T>): Promise<T>
  abortAll(): void
}

/** `timeout` in milliseconds. */
export function createSharedCalls<T>(timeout: number): SharedCalls<T> {
  const calls = new Map<string, Call<T>>()
  const forget = (what: string, call: Call<T>): void => {
    if (calls.get(what) === call) calls.delete(what)
  }
  const abort = (what: string, call: Call<T>): void => {
    forget(what, call)
    call.controller.abort()
  }
  return {
    async run(what, signal, work) {
      if (signal?.aborted) throw new AbortedError(signal.reason)
      const call = calls.get(what) ?? start(work)
      calls.set(what, call)
      call.waiting += 1
      try {
        return await settle(call.promise, signal, what, timeout)
      } catch (error) {
        if (error instanceof TimeoutError) forget(what, call)
        throw error
      } finally {
        call.waiting -= 1
        if (call.waiting === 0) abort(what, call)
      }
    },
    abortAll() {
      for (const [what, call] of calls) abort(what, call)
    },
  }
}

function start<T>(work: (controller: AbortController) => Promise<T>): Call<T> {
  const controller = new AbortController()
  return { promise: work(controller), controller, waiting: 0 }
}
