/** Token limits: 0 is how models.dev writes unknown. */
import type { Metrics } from '../../../core/schema/model.ts'
import { factsOf, put } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'

export function readLimits(row: JsonObject, fields: FieldReader): Metrics | undefined {
  const limit = fields.object('limit', row.limit)
  if (limit === undefined) return undefined
  const limits: Metrics = {}
  const context = fields.count('limit.context', limit.context) || undefined
  put(limits, 'contextWindow', context)
  put(limits, 'maxInput', readWithin('limit.input', limit.input, context, fields))
  put(limits, 'maxOutput', readWithin('limit.output', limit.output, context, fields))
  return factsOf(limits)
}

/** A limit above the context window is invalid, and it is unknown which of the two is wrong. */
function readWithin(field: string, value: unknown, context = Infinity, fields: FieldReader): number | undefined {
  const tokens = fields.count(field, value) || undefined
  return tokens !== undefined && tokens > context ? fields.reject(field, value) : tokens
}
