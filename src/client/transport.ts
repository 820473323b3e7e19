/**
 * Gets JSON from the registry: headers, time limit, retries, and one request for equal calls at the same time. Throws a
 * `RegistryError` for whatever goes wrong outside.
 */
import { AbortedError, DataError, NetworkError, type Problem, ProblemError, RegistryError } from './errors.ts'
import type { Fetch, FetchInit, FetchResponse, Signal } from './fetch-types.ts'
import { haveTexts } from './known-manifest.ts'
import { readText } from './read-text.ts'
import type { RegistryOptions } from './registry-options.ts'
import { parseRetryAfter, retryDelay } from './retry.ts'
import { settle } from './settle.ts'
import { SharedCalls } from './shared-calls.ts'

const TIMEOUT_MS = 10_000
const RETRIES = 2

export interface Question {
  signal?: Signal | undefined
  /** What is at hand: the answer may be that it is still so. */
  etag?: string
  /** Bytes of the body after which it is not read on. */
  maxLength?: number
}

export class Transport {
  readonly #options: RegistryOptions
  readonly base: string
  /** Milliseconds for one question, retries included. */
  readonly timeout: number
  readonly #calls: SharedCalls<unknown>
  isClosed = false

  constructor(options: RegistryOptions) {
    this.#options = options
    this.base = options.baseUrl.replace(/\/+$/, '')
    this.timeout = options.timeout ?? TIMEOUT_MS
    this.#calls = new SharedCalls(this.timeout)
  }

  /** `undefined` where what the etag names is still so. */
  async get(path: string, { signal, ...question }: Question = {}): Promise<unknown> {
    if (this.isClosed) throw new AbortedError()
    const url = this.base + path
    // Nobody joins a call that may give up on what is longer than another wants.
    return this.#calls.run(question.maxLength ? `${url}#` : url, signal, (controller) =>
      this.#get(url, controller.signal, question),
    )
  }

  close(): void {
    this.isClosed = true
    this.#calls.abortAll()
  }

  async #get(url: string, signal: AbortSignal, question: Question): Promise<unknown> {
    const endsAt = Date.now() + this.timeout
    for (let attempt = 0; ; attempt++) {
      try {
        return await settle(this.#try(url, signal, question), signal)
      } catch (error) {
        const delay = attempt < (this.#options.retry ?? RETRIES) ? retryDelay(error, attempt) : undefined
        if (delay === undefined || Date.now() + delay >= endsAt) throw error
        await wait(delay, signal)
      }
    }
  }

  async #try(url: string, signal: AbortSignal, { etag, maxLength }: Question): Promise<unknown> {
    const { fetchOptions, headers } = this.#options
    try {
      const sent = { ...(typeof headers === 'function' ? await headers() : headers) }
      if (etag) sent['if-none-match'] = etag
      // Called bare: browsers refuse a `fetch` that is a method of something else.
      const fetch: Fetch = this.#options.fetch ?? globalThis.fetch
      const response = await fetch(url, { ...fetchOptions, headers: sent, signal } as FetchInit) // every runtime's has these
      if (etag && response.status === 304) return undefined
      const text = await readText(response, maxLength)
      if (!response.ok) throw problemOf(url, response, text)
      return parseJson(url, text)
    } catch (error) {
      throw error instanceof RegistryError ? error : new NetworkError(url, error)
    }
  }
}

/** A timer that went on after an abort would keep a process alive. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  const waited = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
  return settle(waited, signal)
}

function parseJson(url: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new DataError(url, 'the answer is not JSON', error)
  }
}

function problemOf(url: string, { status, headers }: FetchResponse, text: string): ProblemError {
  const problem = parseProblem(text)
  const message = `Cannot get ${url}: ${problem.detail ?? `the answer has status ${status}`}`
  return new ProblemError(message, status, problem, parseRetryAfter(headers.get('retry-after')))
}

/** Empty where something else than the registry answered. */
function parseProblem(text: string): Problem {
  try {
    const problem = JSON.parse(text)
    return haveTexts([problem], ['code', 'detail']) ? problem : {}
  } catch {
    return {}
  }
}
