/**
 * Gets JSON from the registry: headers, time limit, retries, and one request for equal calls at the same time. Throws a
 * `RegistryError` for whatever goes wrong outside.
 */
import { AbortedError, DataError, NetworkError, type Problem, ProblemError, RegistryError } from '../errors.ts'
import { haveTexts } from '../manifest/known-manifest.ts'
import type { RegistryOptions } from '../registry-options.ts'
import { isWorkers } from '../store/manifest-store.ts'
import type { FetchInit, FetchResponse, Signal } from './fetch-types.ts'
import { readText } from './read-text.ts'
import { parseRetryAfter, retryDelay } from './retry.ts'
import { settle } from './settle.ts'
import { createSharedCalls } from './shared-calls.ts'

const TIMEOUT_MS = 10_000
const RETRIES = 2

export interface Question {
  signal?: Signal | undefined
  /** No cache on the way may answer: it is about what is current. */
  isCurrent?: boolean
  /** Bytes of the body after which it is not read on. */
  maxLength?: number
}

export interface Transport {
  readonly base: string
  /** Milliseconds for one question, retries included. */
  readonly timeout: number
  isClosed(): boolean
  get(path: string, question?: Question): Promise<unknown>
  close(): void
}

export function createTransport(options: RegistryOptions): Transport {
  const base = options.baseUrl.replace(/\/+$/, '')
  const timeout = options.timeout ?? TIMEOUT_MS
  const calls = createSharedCalls<unknown>(timeout)
  let isClosed = false
  return {
    base,
    timeout,
    isClosed: () => isClosed,
    async get(path, { signal, ...question } = {}) {
      if (isClosed) throw new AbortedError()
      const url = base + path
      // Nobody joins a call that may give up on what is longer than another wants.
      return calls.run(question.maxLength ? `${url}#` : url, signal, (controller) =>
        getWithRetries(options, url, { ...question, signal: controller.signal }, Date.now() + timeout),
      )
    },
    close() {
      isClosed = true
      calls.abortAll()
    },
  }
}

type OwnQuestion = Question & { signal: AbortSignal }

async function getWithRetries(
  options: RegistryOptions,
  url: string,
  question: OwnQuestion,
  endsAt: number,
): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await settle(getOnce(options, url, question), question.signal)
    } catch (error) {
      const delay = attempt < (options.retry ?? RETRIES) ? retryDelay(error, attempt) : undefined
      if (delay === undefined || Date.now() + delay >= endsAt) throw error
      await wait(delay, question.signal)
    }
  }
}

async function getOnce(
  { fetch = globalThis.fetch, fetchOptions, headers }: RegistryOptions,
  url: string,
  { signal, isCurrent, maxLength }: OwnQuestion,
): Promise<unknown> {
  try {
    const sent = typeof headers === 'function' ? await headers() : headers
    // Workers cache nothing here, and older ones throw at the option.
    const caching = isCurrent && !isWorkers() ? { cache: 'no-store' } : {}
    // Called bare: browsers refuse a `fetch` that is a method of something else.
    const response = await fetch(url, { ...caching, ...fetchOptions, headers: { ...sent }, signal } as FetchInit) // every runtime's has these
    const text = await readText(response, maxLength)
    if (!response.ok) throw problemOf(url, response, text)
    return parseJson(url, text)
  } catch (error) {
    throw error instanceof RegistryError ? error : new NetworkError(url, error)
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
