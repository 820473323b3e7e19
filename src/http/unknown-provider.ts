/** Fails for providers and labs in a query that the version does not have. */
import type { FailureOf, FieldError } from '../core/failure.ts'
import { unknownAmong } from '../core/search/refusals.ts'

export function unknownProvider(value: string, known: readonly string[]): FailureOf<'invalid-request'> {
  return invalidNames(unknownAmong('provider', [value], known))
}

export function invalidNames(errors: FieldError[]): FailureOf<'invalid-request'> {
  const detail = `Cannot read the query: ${errors.map(({ field, message }) => `"${field}" ${message}`).join(', ')}`
  return { code: 'invalid-request', detail, errors }
}
