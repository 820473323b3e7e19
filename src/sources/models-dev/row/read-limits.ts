/** Reads token limits. In models.dev, 0 means unknown. The build checks limits against each other, for every source. */
import type { Metrics } from '../../../core/schema/model.ts'
import { factsOf, put } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'

export function readLimits(row: JsonObject, fields: FieldReader): Metrics | undefined {
  const limit = fields.object('limit', row.limit)
  if (limit === undefined) return undefined
  const limits: Metrics = {}
  put(limits, 'contextWindow', fields.count('limit.context', limit.context) || undefined)
  put(limits, 'maxInput', fields.count('limit.input', limit.input) || undefined)
  put(limits, 'maxOutput', fields.count('limit.output', limit.output) || undefined)
  return factsOf(limits)
}
