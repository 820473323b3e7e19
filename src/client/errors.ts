/**
 * The errors of a call. `name` distinguishes the classes in a `switch`, also in minified code, and every message states
 * what was requested, then what went wrong. Calls resolve to these errors: they are not thrown.
 *
 * Fields that a constructor sets are declared alone, which keeps their second mention out of bundles.
 */
import type { Failure } from '../core/failure.ts'
import type { CostFailure } from '../core/pricing/cost-failure.ts'
import type { ModelKey } from '../core/schema/model.ts'

/** The base of all of them. */
export abstract class RegistryError extends Error {}

/** No complete response: no connection, or one that was interrupted. `cause` is what `fetch` threw. */
export class NetworkError extends RegistryError {
  override readonly name = 'NetworkError'

  constructor(what: string, cause?: unknown) {
    super(`Cannot get ${what}: the connection failed`, { cause })
  }
}

/** There was no complete response in time, retries included. */
export class TimeoutError extends RegistryError {
  override readonly name = 'TimeoutError'
  /** The time it had, in milliseconds. */
  declare readonly timeout: number

  constructor(what: string, timeout: number) {
    super(`Cannot get ${what}: no complete response within ${timeout} ms`)
    this.timeout = timeout
  }
}

/** The caller's `signal` was aborted, or the client was destroyed. `cause` is the signal's reason. */
export class AbortedError extends RegistryError {
  override readonly name = 'AbortedError'

  constructor(cause?: unknown) {
    super('Cannot finish the call: it was aborted', { cause })
  }
}

/** The registry refused (RFC 9457), or would refuse: the same error reports what a cached manifest does not have. */
export class ProblemError extends RegistryError {
  override readonly name = 'ProblemError'
  /** The HTTP status. */
  declare readonly status: number
  /** Such as `not-found`; `undefined` if a server in front of the registry refused. */
  declare readonly code: ProblemCode | undefined
  /** The whole problem, as the registry sent it. */
  declare readonly problem: Problem
  /** How long to wait before a retry. */
  declare readonly retryAfterSeconds: number | undefined

  constructor(message: string, status: number, problem: Problem, retryAfterSeconds?: number) {
    super(message)
    this.status = status
    this.code = problem.code
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The response is not valid: not JSON, a page of a proxy, or content that does not match its digest. */
export class DataError extends RegistryError {
  override readonly name = 'DataError'

  constructor(what: string, reason: string, cause?: unknown) {
    super(`Cannot read ${what}: ${reason}`, { cause })
  }
}

/** The cost of a request is unknown, for a reason of `costOf`: an unknown price, kind of tokens, mode or time. */
export class CostError extends RegistryError {
  override readonly name = 'CostError'
  /** The reason, with its `code` and details. */
  declare readonly failure: CostFailure

  constructor(failure: CostFailure) {
    super(failure.detail)
    this.failure = failure
  }
}

/** Of a `DataError`. */
export const NOT_ASKED_FOR = 'the response does not match the request'

export type ClientError = NetworkError | TimeoutError | AbortedError | ProblemError | DataError | CostError

/** The codes of the registry. A newer one may have others. */
export type ProblemCode = Failure['code'] | (string & {})

export interface Problem {
  code?: ProblemCode
  title?: string
  detail?: string
  /** The invalid fields of a request. */
  errors?: { field: string; message: string }[] | undefined
  /** For a removed model, if the registry reports it: the last version that had it. */
  lastVersion?: string
  /** For a removed model, if the registry reports it: the key that now has its id. */
  movedTo?: ModelKey
  /** What an ambiguous version could mean. */
  versions?: string[]
  /** What an ambiguous id of a model could mean. */
  candidates?: ModelKey[]
}

/** The codes of errors that the client creates itself, and their statuses. */
const LOCAL_STATUS = {
  'invalid-request': 400,
  'not-found': 404,
  'ambiguous-model': 409,
  'empty-registry': 503,
} as const

/** The problem that the registry would return, for reads from the client's own manifest. */
export function localProblem(problem: Problem & { code: keyof typeof LOCAL_STATUS; detail: string }): ProblemError {
  return new ProblemError(problem.detail, LOCAL_STATUS[problem.code], problem)
}
