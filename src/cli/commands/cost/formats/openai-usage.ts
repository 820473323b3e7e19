/**
 * OpenAI's usage of an organization: pages of its API, `GET /v1/organization/usage/completions` and `/embeddings`, and the
 * files that its usage page exports, which have the same names as columns. Each row is the sum of the requests of a
 * bucket of time. Shapes: `openai` resources/admin/organization/usage.d.ts OrganizationUsageCompletionsResult; columns as
 * in files named completions_usage_<from>_<to>.csv.
 */
import { countOf, listOf, numberOf, objectOf, textOf } from './fields.ts'
import { readSpan } from './read-span.ts'
import type { RowReading, TimeSpan, UsageFormat } from './usage-row.ts'

type Fields = Record<string, unknown>

export const OPENAI_USAGE: UsageFormat = {
  matches: (fields) =>
    fields.object === 'page' || fields.object === 'bucket' || ('start_time_iso' in fields && 'end_time' in fields),
  read(record, fields) {
    const buckets = fields.object === 'page' ? listOf(fields.data).map(objectOf) : [fields]
    return buckets.flatMap((bucket) =>
      bucket.object === 'bucket'
        ? listOf(bucket.results).map((result) => rowOf(record, bucket, objectOf(result)))
        : [rowOf(record, bucket, bucket)],
    )
  },
}

function rowOf(record: number, bucket: Fields, result: Fields): RowReading {
  const columns = { ...bucket, ...result }
  const refuse = (code: string, detail: string): RowReading => ({ record, columns, problem: { code, detail } })
  if ('amount' in result || 'amount_value' in result)
    return refuse('unreadable-usage', 'it has an amount of money but no token counts: export the usage, not the costs')
  if (numberOf(result.input_tokens) === undefined)
    return isEmpty(result)
      ? { record, skipped: 'a bucket without usage' }
      : refuse('unreadable-usage', 'it has no token counts')
  const span = spanOf(bucket)
  const model = textOf(result.model)
  if (!model) return refuse('no-model', 'it has no model: export the usage grouped by model')
  if (!span) return refuse('no-time', 'it has no `start_time` and `end_time`')
  const isSum = numberOf(result.num_model_requests) !== 1
  const batch = /^true$/i.test(`${result.batch}`) ? { mode: 'batch' } : {}
  return {
    record,
    model,
    provider: 'openai',
    span,
    usage: usageOf(result),
    columns,
    ...batch,
    ...(isSum && { sum: {} }),
  }
}

function isEmpty(result: Fields): boolean {
  return !textOf(result.model) && countOf(result.num_model_requests) === 0
}

function spanOf(bucket: Fields): TimeSpan | undefined {
  const from = readSpan(bucket.start_time, true)?.from
  const until = readSpan(bucket.end_time, true)?.from
  return from === undefined || until === undefined ? undefined : { from, until }
}

/** In the shape of chat completions. No shape of OpenAI has cached audio, so usage with both is passed in Gemini's shape. */
function usageOf(result: Fields): object {
  const cached = countOf(result.input_cached_tokens)
  const written = countOf(result.input_cache_write_tokens)
  const cachedAudio = countOf(result.input_cached_audio_tokens)
  const audio = countOf(result.input_audio_tokens) + cachedAudio
  const others = {
    ...(countOf(result.output_image_tokens) > 0 && { output_image_tokens: numberOf(result.output_image_tokens) }),
    ...(textOf(result.service_tier) && { service_tier: result.service_tier }),
  }
  if (audio > 0 && cached > 0 && written === 0)
    return {
      promptTokenCount: numberOf(result.input_tokens),
      cachedContentTokenCount: cached,
      candidatesTokenCount: numberOf(result.output_tokens),
      promptTokensDetails: [{ modality: 'AUDIO', tokenCount: audio }],
      cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: cachedAudio }],
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: countOf(result.output_audio_tokens) }],
      ...others,
    }
  return {
    prompt_tokens: numberOf(result.input_tokens),
    completion_tokens: numberOf(result.output_tokens) ?? 0,
    prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written, audio_tokens: audio },
    completion_tokens_details: { audio_tokens: countOf(result.output_audio_tokens) },
    ...others,
  }
}
