/**
 * Anthropic's usage of an organization: pages of its API, `GET /v1/organizations/usage_report/messages`
 * (platform.claude.com/docs/en/api/admin-api/usage-cost/get-messages-usage-report), and the CSV that its console exports
 * (`usage_date_utc,model_version,…,usage_output_tokens`). Each row is a sum of requests; the context window shows the range
 * of their prompt lengths.
 */
import { countOf, listOf, numberOf, objectOf, textOf } from './fields.ts'
import { readSpan } from './read-span.ts'
import type { RequestSum, RowReading, TimeSpan, UsageFormat } from './usage-row.ts'

type Fields = Record<string, unknown>

/** "0-200k" and "200k-1M" of the API, "≤ 200k" and "> 200k" of the console. */
const LONG_PROMPT = 200_000
const LONG_WINDOWS = /^(200k-|>)/
const SHORT_WINDOWS = /^(0-200k|≤|<=)/
/** The period of a row whose time is more than a date: the console's finest step. */
const MINUTE = 60_000
const DATE_LENGTH = 10

export const ANTHROPIC_USAGE: UsageFormat = {
  matches: (fields) => 'usage_date_utc' in fields || 'starting_at' in fields || firstStartingAt(fields) !== undefined,
  read(record, fields) {
    if ('usage_date_utc' in fields) return [consoleRow(record, fields)]
    const buckets = 'starting_at' in fields ? [fields] : listOf(fields.data).map(objectOf)
    return buckets.flatMap((bucket) => listOf(bucket.results).map((result) => apiRow(record, bucket, objectOf(result))))
  },
}

function firstStartingAt({ data }: Fields): unknown {
  return objectOf(listOf(data)[0]).starting_at
}

function apiRow(record: number, bucket: Fields, result: Fields): RowReading {
  const { results: _, ...times } = bucket
  const from = readSpan(bucket.starting_at, true)?.from
  const until = readSpan(bucket.ending_at, true)?.from
  const span = from !== undefined && until !== undefined ? { from, until } : undefined
  return rowOf(record, { ...times, ...result }, span, {
    input: result.uncached_input_tokens,
    write5m: objectOf(result.cache_creation).ephemeral_5m_input_tokens,
    write1h: objectOf(result.cache_creation).ephemeral_1h_input_tokens,
    read: result.cache_read_input_tokens,
    output: result.output_tokens,
    searches: objectOf(result.server_tool_use).web_search_requests,
  })
}

function consoleRow(record: number, fields: Fields): RowReading {
  const date = textOf(fields.usage_date_utc) ?? ''
  const span = readSpan(date, true)
  const covered = span && date.length > DATE_LENGTH ? { from: span.from, until: span.from + MINUTE } : span
  const columns = { model: fields.model_version, service_tier: fields.usage_type, ...fields }
  return rowOf(record, columns, covered, {
    input: fields.usage_input_tokens_no_cache,
    write5m: fields.usage_input_tokens_cache_write_5m,
    write1h: fields.usage_input_tokens_cache_write_1h,
    read: fields.usage_input_tokens_cache_read,
    output: fields.usage_output_tokens,
    searches: fields.web_search_count,
  })
}

type Counts = Record<'input' | 'write5m' | 'write1h' | 'read' | 'output' | 'searches', unknown>

function rowOf(record: number, columns: Fields, span: TimeSpan | undefined, counts: Counts): RowReading {
  const refuse = (code: string, detail: string): RowReading => ({ record, columns, problem: { code, detail } })
  if (numberOf(counts.input) === undefined)
    return refuse('unreadable-usage', 'it has no token counts: export the usage, not the costs')
  const model = textOf(columns.model)
  if (!model) return refuse('no-model', 'it has no model: export the usage grouped by model')
  if (!span) return refuse('no-time', 'it has no time')
  const usage = usageOf(columns, counts)
  return { record, model, provider: 'anthropic', span, usage, columns, sum: sumOf(columns.context_window) }
}

function sumOf(contextWindow: unknown): RequestSum {
  const text = `${contextWindow}`
  if (SHORT_WINDOWS.test(text)) return { upTo: LONG_PROMPT }
  return LONG_WINDOWS.test(text) ? { above: LONG_PROMPT } : {}
}

function usageOf(columns: Fields, counts: Counts): object {
  const searches = countOf(counts.searches)
  return {
    input_tokens: numberOf(counts.input),
    cache_read_input_tokens: numberOf(counts.read),
    cache_creation: {
      ephemeral_5m_input_tokens: numberOf(counts.write5m),
      ephemeral_1h_input_tokens: numberOf(counts.write1h),
    },
    output_tokens: numberOf(counts.output),
    ...(textOf(columns.service_tier) && { service_tier: columns.service_tier }),
    ...(textOf(columns.speed) && { speed: columns.speed }),
    ...(searches > 0 && { server_tool_use: { web_search_requests: searches } }),
  }
}
