/** A filter that names a provider which the version does not have. */

import type { FailureOf } from '../core/failure.ts'
import { nearestTo } from '../core/nearest.ts'

export function unknownProvider(value: string, known: readonly string[]): FailureOf<'invalid-request'> {
  const nearest = nearestTo(value, known)
  const message = `"${value.slice(0, 80)}" is not a provider of this version${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`
  return {
    code: 'invalid-request',
    detail: `Cannot read "provider": ${message}`,
    errors: [{ field: 'provider', message }],
  }
}
