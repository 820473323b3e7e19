/**
 * How commands call a registry: through the published client where it has the method, and with plain requests otherwise,
 * for administration, streams, and responses that the command verifies itself.
 */
import { createRegistry, type Registry } from '../../client/create-registry.ts'
import { DataError, NetworkError, NOT_ASKED_FOR, ProblemError } from '../../client/errors.ts'
import type { Reply } from '../../client/reply.ts'
import { Outcome, RegistryStatus } from '../../core/schema/operations.ts'
import { CommandError } from './command.ts'
import { parseJson } from './files.ts'

/** Longer than a complete pull by the registry can take. */
const TIMEOUT_MS = 15 * 60_000
const READ_TIMEOUT_MS = 2 * 60_000
const NOT_FOUND = 404
/** From this status on, the response may be that of a proxy in front of the registry. */
const SERVER_ERROR = 500
const NOT_OF_REGISTRY = 'the response is not from a registry'

export interface Target {
  /** Without a path. */
  url: string
  token?: string
}

export interface RequestOptions {
  method?: string
  body?: string
  contentType?: string
  signal?: AbortSignal
}

/** An answer of any status. */
export interface Answer {
  status: number
  /** `undefined` if it is not JSON. */
  body: unknown
}

/** There was no response, or only a part of one. The same request may be sent again. */
export class ConnectionError extends CommandError {}

export class RegistryClient {
  readonly url: string
  /** The published client. */
  readonly registry: Registry
  readonly #headers: Record<string, string>

  constructor({ url, token }: Target) {
    this.url = url
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    // No retries: the user sees why it failed, and decides.
    const options = { timeout: READ_TIMEOUT_MS, retry: 0, autoRefreshInterval: 0, cache: 'none' } as const
    this.registry = createRegistry({ baseUrl: url, headers: this.#headers, ...options })
  }

  /** A read with the published client. Failures are thrown, and their messages begin with `action`. */
  async read<T>(action: string, call: (registry: Registry) => Promise<Reply<T>>): Promise<T> {
    return this.#unwrap(action, await call(this.registry))
  }

  /** The same for optional content: `undefined` if it is not found. */
  async find<T>(action: string, call: (registry: Registry) => Promise<Reply<T>>): Promise<T | undefined> {
    const reply = await call(this.registry)
    // Without a code, it is the response of another server.
    const isMissing = reply.error instanceof ProblemError && reply.error.status === NOT_FOUND && reply.error.code
    return isMissing ? undefined : this.#unwrap(action, reply)
  }

  get(path: string): Promise<Answer> {
    return this.#answer(path)
  }

  /** With a body, it is sent as JSON. */
  post(path: string, body?: unknown): Promise<Answer> {
    const json = { body: JSON.stringify(body), contentType: 'application/json' }
    return this.#answer(path, { method: 'POST', ...(body !== undefined && json) })
  }

  /** The raw response. Throws a `ConnectionError` if there is none. */
  async request(path: string, { contentType, ...init }: RequestOptions = {}): Promise<Response> {
    const headers = { ...this.#headers, ...(contentType !== undefined && { 'content-type': contentType }) }
    // A redirect would turn a POST into a GET, and send the token elsewhere.
    const response = await fetch(new URL(path, this.url), { ...init, headers, redirect: 'manual' }).catch((error) => {
      throw this.#unreachable(error)
    })
    const complaint = this.#complaintOf(response)
    if (complaint === undefined) return response
    // An unread body would keep the process running.
    await response.body?.cancel()
    throw complaint
  }

  /** The chunks of a response, whose connection can still fail. */
  async *chunksOf({ body }: Response): AsyncGenerator<Uint8Array> {
    try {
      yield* body ?? []
    } catch (error) {
      throw this.#unreachable(error)
    }
  }

  async #answer(path: string, options?: RequestOptions): Promise<Answer> {
    const response = await this.request(path, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await response.text().catch((error) => {
      throw this.#unreachable(error)
    })
    return { status: response.status, body: parseJson(text) }
  }

  #unwrap<T>(action: string, { data, error }: Reply<T>): T {
    if (error === undefined) return data
    if (error instanceof NetworkError) throw this.#unreachable(error)
    if (isForeign(error)) throw this.#notRegistry(error.message)
    throw new CommandError(`${action}: ${error instanceof ProblemError ? detailOf(error) : error.message}`)
  }

  #complaintOf({ status, headers }: Response): CommandError | undefined {
    const location = headers.get('location')
    if (status >= 300 && status < 400 && location !== null)
      return new CommandError(`${this.url} redirects to ${location}: use the address of the registry itself`)
    if (status < SERVER_ERROR && headers.get('content-type')?.startsWith('text/html'))
      return this.#notRegistry(`it returned an HTML page with status ${status}`)
    return undefined
  }

  #notRegistry(reason: string): CommandError {
    return new CommandError(`${this.url} is not a registry: ${reason}`)
  }

  #unreachable(error: unknown): ConnectionError {
    return new ConnectionError(`Cannot reach the registry at ${this.url}: ${reasonOf(error)}`)
  }
}

export async function fetchStatus(client: RegistryClient): Promise<RegistryStatus> {
  const answer = await client.get('/v1/status')
  const status = RegistryStatus.safeParse(answer.body)
  if (answer.status === 200 && status.success) return status.data
  throw new CommandError(`Cannot read the registry's status: ${detailOf(answer)}`)
}

/** The outcome of a change; `undefined` for a refusal, whose reason `detailOf` gives. */
export function outcomeOf({ body }: Pick<Answer, 'body'>): Outcome | undefined {
  return Outcome.safeParse(body).data
}

/** Why a registry refused. */
export function detailOf({ status, ...answer }: Answer | ProblemError): string {
  const { detail }: { detail?: unknown } = Object('problem' in answer ? answer.problem : answer.body)
  if (typeof detail === 'string') return detail
  return status < SERVER_ERROR ? `${NOT_OF_REGISTRY} (status ${status})` : `it returned status ${status}`
}

/** The same for a response that has not been read. */
export async function refusalOf(response: Response): Promise<string> {
  return detailOf({ status: response.status, body: parseJson(await response.text().catch(() => '')) })
}

/** Whether it is the response of another server: a registry sends problems with a code, and JSON. */
function isForeign(error: Error): boolean {
  if (error instanceof ProblemError) return error.code === undefined && error.status < SERVER_ERROR
  return error instanceof DataError && (error.cause !== undefined || error.message.endsWith(NOT_ASKED_FOR))
}

/** The cause of a failed fetch is more specific than its message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  const { cause } = error
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0])
  return cause instanceof Error ? reasonOf(cause) : error.message
}
