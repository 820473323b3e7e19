/**
 * What a call of the client can end with. `name` tells the classes apart in a `switch`, also in minified code, and every
 * message says what was asked for, then what was wrong. Calls resolve to these: they are not thrown.
 *
 * Fields that a constructor sets are declared alone, which keeps their second mention out of bundles.
 */
import type { Failure } from '../core/failure.ts'
import type { CostFailure } from '../core/pricing/cost-failure.ts'
import type { ModelKey } from '../core/schema/model.ts'

/** The base of all of them. */
export abstract class RegistryError extends Error {}

/** Nothing whole came back: no connection, or one that broke off. `cause` is what `fetch` threw. */
export class NetworkError extends RegistryError {
  override readonly name = 'NetworkError'

  constructor(what: string, cause?: unknown) {
    super(`Cannot get ${what}: the connection failed`, { cause })
  }
}

/** The answer was not there in time, retries included. */
export class TimeoutError extends RegistryError {
  override readonly name = 'TimeoutError'
  /** The time it had, in milliseconds. */
  declare readonly timeout: number

  constructor(what: string, timeout: number) {
    super(`Cannot get ${what}: no whole answer within ${timeout} ms`)
    this.timeout = timeout
  }
}

/** The caller's `signal` was aborted, or the client was destroyed. `cause` is the signal's reason. */
export class AbortedError extends RegistryError {
  override readonly name = 'AbortedError'

  constructor(cause?: unknown) {
    super('Cannot get an answer: the call was aborted', { cause })
  }
}

/** The registry refused (RFC 9457), or would refuse: what a cached manifest does not have is told the same way. */
export class ProblemError extends RegistryError {
  override readonly name = 'ProblemError'
  /** The HTTP status. */
  declare readonly status: number
  /** Such as `not-found`; `undefined` where something in front of the registry refused. */
  declare readonly code: ProblemCode | undefined
  /** The whole problem, as the registry told it. */
  declare readonly problem: Problem
  /** How long to wait before asking again. */
  declare readonly retryAfterSeconds: number | undefined

  constructor(message: string, status: number, problem: Problem, retryAfterSeconds?: number) {
    super(message)
    this.status = status
    this.code = problem.code
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** What came back is not what the registry sends: no JSON, a page of some proxy, or content that its digest disproves. */
export class DataError extends RegistryError {
  override readonly name = 'DataError'

  constructor(what: string, reason: string, cause?: unknown) {
    super(`Cannot read ${what}: ${reason}`, { cause })
  }
}

/** What a request cost is unknown, as `costOf` says of it: a price, a kind of tokens, a mode or a time is. */
export class CostError extends RegistryError {
  override readonly name = 'CostError'
  /** With its `code`, and what it is about. */
  declare readonly failure: CostFailure

  constructor(failure: CostFailure) {
    super(failure.detail)
    this.failure = failure
  }
}

/** Of a `DataError`. */
export const NOT_ASKED_FOR = 'the answer is not what was asked for'

export type ClientError = NetworkError | TimeoutError | AbortedError | ProblemError | DataError | CostError

/** The codes of the registry. A newer one may have others. */
export type ProblemCode = Failure['code'] | (string & {})

export interface Problem {
  code?: ProblemCode
  title?: string
  detail?: string
  /** What was wrong with a request, field by field. */
  errors?: { field: string; message: string }[] | undefined
  /** Of a model that is gone, where the registry itself tells so: the last version that had it. */
  lastVersion?: string
  /** Of a model that is gone, where the registry itself tells so: where its id lives on. */
  movedTo?: ModelKey
  /** What an ambiguous version could mean. */
  versions?: string[]
  /** What an ambiguous id of a model could mean. */
  candidates?: ModelKey[]
}

/** The codes that a client answers with by itself, and their statuses. */
const LOCAL_STATUS = {
  'invalid-request': 400,
  'not-found': 404,
  'ambiguous-model': 409,
  'empty-registry': 503,
} as const

/** The problem that the registry would answer with, for what is read from the client's own manifest. */
export function localProblem(problem: Problem & { code: keyof typeof LOCAL_STATUS; detail: string }): ProblemError {
  return new ProblemError(problem.detail, LOCAL_STATUS[problem.code], problem)
}
