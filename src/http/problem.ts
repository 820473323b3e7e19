/** Failures as problem details (RFC 9457). The only place that knows HTTP statuses. */
import type { Failure, FailureOf } from '../core/failure.ts'

export const STATUS = { ok: 200, noContent: 204, found: 302, seeOther: 303, notModified: 304 } as const

/** Each has a section in docs/problems.md, which `type` points to. */
export const PROBLEMS: Record<Failure['code'], { status: number; title: string }> = {
  'invalid-request': { status: 400, title: 'Invalid request' },
  unauthorized: { status: 401, title: 'Authentication required' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'ambiguous-version': { status: 409, title: 'Ambiguous version' },
  'ambiguous-model': { status: 409, title: 'Ambiguous model' },
  conflict: { status: 409, title: 'Conflict with the state of the registry' },
  'precondition-failed': { status: 412, title: 'Precondition failed' },
  'too-large': { status: 413, title: 'Request too large' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  'source-failed': { status: 502, title: 'Source failed' },
  'empty-registry': { status: 503, title: 'The registry is empty' },
  'admin-disabled': { status: 503, title: 'Administration is disabled' },
  configuration: { status: 503, title: 'Missing or invalid setting' },
  restoring: { status: 503, title: 'The registry is being restored' },
}

const TYPES = 'https://github.com/Rettend/llm/blob/main/docs/problems.md'

export function statusOf(code: Failure['code']): { type: string; status: number; title: string } {
  return { type: `${TYPES}#${code}`, ...PROBLEMS[code] }
}

/** The body and the headers that belong to a failure. */
export function problemOf(failure: Failure): {
  status: number
  body: Record<string, unknown>
  headers: Record<string, string>
} {
  const { type, status, title } = statusOf(failure.code)
  const { code, detail } = failure
  const problem = { type, title, status, detail, code }
  return { status, body: { ...problem, ...extrasOf(failure) }, headers: headersOf(failure) }
}

function extrasOf(failure: Failure): Record<string, unknown> {
  switch (failure.code) {
    case 'invalid-request':
      return failure.errors ? { errors: failure.errors } : {}
    case 'not-found':
      return { lastVersion: failure.lastVersion, movedTo: failure.movedTo }
    case 'ambiguous-version':
      return { versions: failure.versions }
    case 'ambiguous-model':
      return { candidates: failure.candidates }
    case 'source-failed':
      return { outcome: 'failed', reasons: [failure.reason], sources: failure.sources }
    case 'unauthorized':
    case 'method-not-allowed':
    case 'conflict':
    case 'precondition-failed':
    case 'too-large':
    case 'rate-limited':
    case 'internal':
    case 'empty-registry':
    case 'admin-disabled':
    case 'configuration':
    case 'restoring':
      return {}
  }
}

function headersOf(failure: Failure): Record<string, string> {
  if (failure.code === 'unauthorized') return { 'www-authenticate': challengeOf(failure) }
  if (failure.code === 'method-not-allowed') return { allow: failure.allow.join(', ') }
  if ('retryAfterSeconds' in failure && failure.retryAfterSeconds !== undefined)
    return { 'retry-after': String(failure.retryAfterSeconds) }
  return {}
}

/** RFC 6750, section 3.1: no error code for a request that carried no token. */
function challengeOf({ wrongToken }: FailureOf<'unauthorized'>): string {
  return `Bearer realm="LLM Registry"${wrongToken ? ', error="invalid_token"' : ''}`
}
