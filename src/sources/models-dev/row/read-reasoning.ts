/**
 * Reads how requests can control reasoning: `reasoning_options`, or `capabilities.reasoning` in schema v2. The efforts
 * `null` and `default` request nothing in particular, so they are dropped.
 */
import type { ReasoningOptions } from '../../../core/schema/model.ts'
import { EFFORTS, type Effort } from '../../../core/vocabulary.ts'
import { factsOf, inOrder, put } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'

const FIELD = 'reasoning_options'
const V2_FIELD = 'capabilities.reasoning'

export function readReasoning(row: JsonObject, capabilities: JsonObject | undefined, fields: FieldReader) {
  const options: ReasoningOptions = {}
  for (const option of fields.list(FIELD, row.reasoning_options) ?? []) readOption(option, options, fields)
  const stated = capabilities?.reasoning
  if (stated !== undefined) readSupport(fields.object(V2_FIELD, stated) ?? {}, options, fields)
  return factsOf(options)
}

function readOption(value: unknown, options: ReasoningOptions, fields: FieldReader): void {
  const option = fields.object(FIELD, value)
  if (option === undefined) return
  if (option.type === 'toggle') options.toggle = true
  else if (option.type === 'effort') put(options, 'efforts', readEfforts(`${FIELD}.values`, option.values, fields))
  else if (option.type === 'budget_tokens') put(options, 'budget', readBudget(FIELD, option, fields))
  else fields.reject(`${FIELD}.type`, option.type)
}

function readSupport(support: JsonObject, options: ReasoningOptions, fields: FieldReader): void {
  if (fields.flag(`${V2_FIELD}.toggle`, support.toggle)) options.toggle = true
  put(options, 'efforts', readEfforts(`${V2_FIELD}.effort`, support.effort, fields))
  const budget = fields.object(`${V2_FIELD}.budget`, support.budget)
  if (budget) put(options, 'budget', readBudget(`${V2_FIELD}.budget`, budget, fields))
}

function readEfforts(field: string, value: unknown, fields: FieldReader): Effort[] | undefined {
  const stated = fields.list(field, value)
  if (stated === undefined) return undefined
  const efforts = inOrder(EFFORTS, stated, (name) => {
    if (name !== null && name !== 'default') fields.reject(field, name)
  })
  return efforts.length > 0 ? efforts : undefined
}

function readBudget(field: string, value: JsonObject, fields: FieldReader): ReasoningOptions['budget'] {
  const budget: NonNullable<ReasoningOptions['budget']> = {}
  put(budget, 'min', fields.count(`${field}.min`, value.min))
  put(budget, 'max', fields.count(`${field}.max`, value.max))
  if (budget.min !== undefined && budget.max !== undefined && budget.min > budget.max)
    return fields.reject(field, value)
  return factsOf(budget)
}
