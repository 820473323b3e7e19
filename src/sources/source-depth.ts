/** Limits how deeply a reply may be nested, because recursive code would overflow the stack. */
import { isNestedDeeper } from '../core/json/nesting.ts'

/** The rows of Artificial Analysis are 4 levels deep, the models of models.dev 6. */
export const MAX_DEPTH = 32

export function isTooDeep(json: unknown): boolean {
  return isNestedDeeper(json, MAX_DEPTH)
}
