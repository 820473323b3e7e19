/**
 * Expected failures as values: one tagged union, one `Result`. A code names what happened in the registry's own terms;
 * only `http/problem.ts` maps it to an HTTP status. Exceptions are for bugs only.
 */
import type { ModelKey } from './schema/model.ts'
import type { SourceOutcome } from './schema/operations.ts'

export interface FieldError {
  field: string
  message: string
}

/** Why a source could not be pulled. */
export type SourceFailureReason =
  | 'unauthorized'
  | 'wrong-tier'
  | 'gone'
  | 'rate-limited'
  | 'unavailable'
  | 'refused'
  | 'timeout'
  | 'network'
  | 'invalid'
  | 'inconsistent'
  | 'too-large'
  | 'interrupted'
  | 'licence'

export interface SourceFailure {
  code: 'source-failed'
  reason: SourceFailureReason
  detail: string
  retryAfterSeconds?: number
  /** The outcome of each source, if the run pulled several. */
  sources?: Readonly<Record<string, SourceOutcome>>
}

export type Failure =
  | { code: 'invalid-request'; detail: string; errors?: FieldError[] }
  | { code: 'unauthorized'; detail: string; wrongToken?: true }
  | { code: 'not-found'; detail: string; lastVersion?: string; movedTo?: ModelKey }
  | { code: 'method-not-allowed'; detail: string; allow: string[] }
  | { code: 'ambiguous-version'; detail: string; versions: string[] }
  | { code: 'ambiguous-model'; detail: string; candidates: ModelKey[] }
  | { code: 'conflict'; detail: string }
  | { code: 'precondition-failed'; detail: string }
  | { code: 'too-large'; detail: string }
  | { code: 'rate-limited'; detail: string; retryAfterSeconds: number }
  | { code: 'internal'; detail: string }
  | { code: 'empty-registry'; detail: string; retryAfterSeconds: number }
  | { code: 'admin-disabled'; detail: string }
  | { code: 'configuration'; detail: string }
  | { code: 'restoring'; detail: string; retryAfterSeconds: number }
  | SourceFailure

export type FailureOf<Code extends Failure['code']> = Extract<Failure, { code: Code }>

export type Result<T, F = Failure> = { ok: true; value: T } | { ok: false; failure: F }

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
export const fail = <F extends Failure>(failure: F): { ok: false; failure: F } => ({ ok: false, failure })
