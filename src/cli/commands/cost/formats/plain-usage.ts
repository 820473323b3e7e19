/**
 * A record of an unknown format: a model, a time, and the usage as its API returned it, in one column or in fields of the
 * record, which may be paths such as "prompt_tokens_details.cached_tokens". A complete API response is also such a record.
 */
import { fieldAt, numberOf, objectOf, textOf } from './fields.ts'
import { readSpan } from './read-span.ts'
import type { ReadOptions, RowReading, UsageFormat } from './usage-row.ts'

type Fields = Record<string, unknown>

const MODEL_NAMES = ['model', 'model_name', 'model_id', 'modelId', 'modelVersion', 'response.modelId']
const TIME_NAMES = [
  ...['at', 'time', 'timestamp', 'created', 'created_at', 'createdAt', 'createTime', 'start_time', 'startTime', 'date'],
  'response.timestamp',
]
const USAGE_NAMES = ['usage', 'usageMetadata', 'usage_metadata']
/** Keys of usage that do not have "tokens" in their names. */
const USAGE_KEYS = new Set([
  'service_tier',
  'serviceTier',
  'trafficType',
  'cacheDetails',
  'iterations',
  'cache_creation',
])

export const PLAIN_USAGE: UsageFormat = {
  matches: () => true,
  read: (record, fields, options) => [rowOf(record, fields, options)],
}

function rowOf(record: number, fields: Fields, options: ReadOptions): RowReading {
  const model = textOf(firstOf(fields, options.modelColumn, MODEL_NAMES))
  const columns = fields
  const refuse = (code: string, detail: string): RowReading => ({ record, model, columns, problem: { code, detail } })
  if (!model) return refuse('no-model', 'it has no model (see --model-column)')
  const time = firstOf(fields, options.timeColumn, TIME_NAMES)
  const span = readSpan(time, options.isUtc)
  if (!span && time === undefined) return refuse('no-time', 'it has no time (see --time-column)')
  if (!span) return refuse('no-time', 'its time is not a date or a date-time with "Z" or an offset (see --utc)')
  const provider = textOf(fields.provider) ?? options.provider
  return { record, model, provider, span, usage: usageOf(fields, options), mode: textOf(fields.mode), columns }
}

function firstOf(fields: Fields, named: string | undefined, names: string[]): unknown {
  if (named !== undefined) return fieldAt(fields, named)
  return names
    .map((name) => fieldAt(fields, name))
    .find((value) => value !== undefined && value !== null && value !== '')
}

function usageOf(fields: Fields, { ignore }: ReadOptions): object {
  const name = USAGE_NAMES.find((key) => Object.keys(objectOf(fields[key])).length > 0)
  if (name === undefined) return spreadUsage(fields, ignore)
  const usage = objectOf(fields[name])
  // Chat completions state next to the usage how the request was served.
  return typeof fields.service_tier === 'string' ? { service_tier: fields.service_tier, ...usage } : usage
}

function spreadUsage(fields: Fields, ignore: ReadonlySet<string>): object {
  const usage: Fields = {}
  for (const [name, value] of Object.entries(fields)) {
    if (!isUsage(name, value) || ignore.has(name)) continue
    const number = numberOf(value)
    if (number !== undefined) put(usage, name.split('.'), number)
  }
  return usage
}

/** A speed that is a text is a way of serving; a number is a measurement. */
function isUsage(name: string, value: unknown): boolean {
  return /token/i.test(name) || USAGE_KEYS.has(name) || (name === 'speed' && value === 'fast')
}

function put(object: Fields, [name = '', ...path]: string[], value: unknown): void {
  // The name of a prototype property would change the object itself.
  if (name === '__proto__') return
  if (path.length === 0) object[name] = value
  else {
    const inner = objectOf(object[name])
    object[name] = inner
    put(inner, path, value)
  }
}
