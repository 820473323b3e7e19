/**
 * Gets JSON from the registry: headers, time limit, retries, conditional requests, and one request for equal calls at the
 * same time. Throws a `RegistryError` for external failures.
 */
import { AbortedError, DataError, NetworkError, type Problem, ProblemError, RegistryError } from '../errors.ts'
import type { RegistryOptions } from '../registry-options.ts'
import { abortable } from './abortable.ts'
import type { FetchInit, FetchResponse, Signal } from './fetch-types.ts'
import { readText } from './read-text.ts'
import { parseRetryAfter, retryDelay } from './retry.ts'
import { isWorkers } from './runtime.ts'
import { haveTexts } from './shapes.ts'
import { createSharedCalls } from './shared-calls.ts'

const TIMEOUT_MS = 10_000
const RETRIES = 2

export interface Question {
  signal?: Signal | undefined
  /** Bypasses caches, because it asks what is current. */
  isCurrent?: boolean
  /** The maximal length of the body in bytes. */
  maxLength?: number
  /** The ETag of an earlier response, for revalidation. */
  etag?: string | undefined
  /** JSON to send, with `POST`. */
  body?: string
}

export interface Answer {
  /** Nothing else is set then. */
  isSame?: boolean
  json?: unknown
  /** What `json` was read from. */
  text?: string
  etag?: string | undefined
  /** The version of the response, if it states one. */
  version?: string | undefined
}

export interface Transport {
  readonly base: string
  /** Milliseconds for one request, including retries. */
  readonly timeout: number
  isClosed(): boolean
  ask(path: string, question?: Question): Promise<Answer>
  /** Its JSON. */
  get(path: string, question?: Question): Promise<unknown>
  close(): void
}

export function createTransport(options: RegistryOptions): Transport {
  const base = options.baseUrl.replace(/\/+$/, '')
  const timeout = options.timeout ?? TIMEOUT_MS
  const calls = createSharedCalls<Answer>(timeout)
  let isClosed = false
  const ask: Transport['ask'] = async (path, { signal, ...question } = {}) => {
    if (isClosed) throw new AbortedError()
    const url = base + path
    // A call with a length limit, an earlier response to revalidate or a body of its own is not shared.
    const kind = [question.maxLength && '#', question.etag, question.body].join('')
    return calls.run(
      url,
      signal,
      (controller) => askWithRetries(options, url, { ...question, signal: controller.signal }, Date.now() + timeout),
      kind,
    )
  }
  return {
    base,
    timeout,
    isClosed: () => isClosed,
    ask,
    get: async (path, question) => (await ask(path, question)).json,
    close() {
      isClosed = true
      calls.abortAll()
    },
  }
}

type OwnQuestion = Question & { signal: AbortSignal }

async function askWithRetries(
  options: RegistryOptions,
  url: string,
  question: OwnQuestion,
  endsAt: number,
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await abortable(askOnce(options, url, question), question.signal)
    } catch (error) {
      const delay = attempt < (options.retry ?? RETRIES) ? retryDelay(error, attempt) : undefined
      if (delay === undefined || Date.now() + delay >= endsAt) throw error
      await wait(delay, question.signal)
    }
  }
}

async function askOnce(
  { fetch = globalThis.fetch, fetchOptions, headers }: RegistryOptions,
  url: string,
  { signal, isCurrent, maxLength, etag, body }: OwnQuestion,
): Promise<Answer> {
  try {
    const own = typeof headers === 'function' ? await headers() : headers
    const sent = { ...own, ...(etag && { 'if-none-match': etag }), ...(body && { 'content-type': 'application/json' }) }
    const posted = body && { method: 'POST', body }
    // Workers do not cache these requests, and older ones throw on the option.
    const caching = isCurrent && !isWorkers() ? { cache: 'no-store' } : {}
    // Called bare: browsers refuse a `fetch` that is a method of something else.
    const response = await fetch(url, { ...caching, ...fetchOptions, ...posted, headers: sent, signal } as FetchInit) // every runtime's has these
    const text = await readText(response, maxLength)
    if (etag && response.status === 304) return { isSame: true }
    if (!response.ok) throw problemOf(url, response, text)
    return { json: parseJson(url, text), text, ...tagsOf(response) }
  } catch (error) {
    throw error instanceof RegistryError ? error : new NetworkError(url, error)
  }
}

function tagsOf({ headers }: FetchResponse): Pick<Answer, 'etag' | 'version'> {
  return { etag: headers.get('etag') ?? undefined, version: headers.get('x-registry-version') ?? undefined }
}

/** A timer that continued after an abort would keep a process alive. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  const waited = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
  return abortable(waited, signal)
}

function parseJson(url: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new DataError(url, 'the response is not JSON', error)
  }
}

function problemOf(url: string, { status, headers }: FetchResponse, text: string): ProblemError {
  const problem = parseProblem(text)
  const message = `Cannot get ${url}: ${problem.detail ?? `the response has status ${status}`}`
  return new ProblemError(message, status, problem, parseRetryAfter(headers.get('retry-after')))
}

/** Empty if another server responded. */
function parseProblem(text: string): Problem {
  try {
    const problem = JSON.parse(text)
    return haveTexts([problem], ['code', 'detail']) ? problem : {}
  } catch {
    return {}
  }
}
