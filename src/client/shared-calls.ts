/**
 * Work that several callers may wait for at once. Each stops waiting by its own signal or its own clock, and the work is
 * aborted when the last of them has. Work that let one of them wait in vain is not joined again: in Workers it may have
 * died with the request that began it.
 */
import { AbortedError, TimeoutError } from './errors.ts'
import type { Signal } from './fetch-types.ts'
import { settle } from './settle.ts'

interface Call<T> {
  promise: Promise<T>
  controller: AbortController
  waiting: number
}

export class SharedCalls<T> {
  readonly #timeout: number
  readonly #calls = new Map<string, Call<T>>()

  /** `timeout` in milliseconds. */
  constructor(timeout: number) {
    this.#timeout = timeout
  }

  /** `what` tells calls apart that are not the same. */
  async run(what: string, signal: Signal | undefined, work: (controller: AbortController) => Promise<T>): Promise<T> {
    if (signal?.aborted) throw new AbortedError(signal.reason)
    const call = this.#calls.get(what) ?? start(work)
    this.#calls.set(what, call)
    call.waiting += 1
    try {
      return await settle(call.promise, signal, what, this.#timeout)
    } catch (error) {
      if (error instanceof TimeoutError) this.#forget(what, call)
      throw error
    } finally {
      call.waiting -= 1
      if (call.waiting === 0) this.#abort(what, call)
    }
  }

  abortAll(): void {
    for (const [what, call] of this.#calls) this.#abort(what, call)
  }

  #forget(what: string, call: Call<T>): void {
    if (this.#calls.get(what) === call) this.#calls.delete(what)
  }

  #abort(what: string, call: Call<T>): void {
    this.#forget(what, call)
    call.controller.abort()
  }
}

function start<T>(work: (controller: AbortController) => Promise<T>): Call<T> {
  const controller = new AbortController()
  return { promise: work(controller), controller, waiting: 0 }
}
