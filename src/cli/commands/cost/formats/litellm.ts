/**
 * Spend logs of LiteLLM: rows of its table `LiteLLM_SpendLogs` (litellm schema.prisma), as `/spend/logs` returns them or
 * as the database exports them. Its counts are those of chat completions for every provider, including cached tokens; the
 * details are in `metadata` (litellm types/utils.py Usage, PromptTokensDetailsWrapper, CacheCreationTokenDetails).
 */
import { countOf, numberOf, objectOf, textOf } from './fields.ts'
import { LITELLM_PROVIDERS } from './litellm-providers.ts'
import { readSpan } from './read-span.ts'
import type { RowReading, UsageFormat } from './usage-row.ts'

type Fields = Record<string, unknown>

export const LITELLM: UsageFormat = {
  matches: (fields) => 'request_id' in fields && 'startTime' in fields && 'prompt_tokens' in fields,
  read: (record, fields, options) => [rowOf(record, fields, options.provider)],
}

function rowOf(record: number, fields: Fields, byDefault: string | undefined): RowReading {
  const { messages: _, response: __, proxy_server_request: ___, ...columns } = fields
  if (/^true$/i.test(`${fields.cache_hit}`)) return { record, skipped: "an answer from LiteLLM's own cache" }
  if (fields.status === 'failure' && countOf(fields.total_tokens) === 0) return { record, skipped: 'a failed request' }
  const model = modelOf(fields)
  const refuse = (code: string, detail: string): RowReading => ({ record, model, columns, problem: { code, detail } })
  if (!model) return refuse('no-model', 'it has no model')
  // The column is of the type `timestamp` without a zone, and holds UTC.
  const span = readSpan(fields.startTime, true)
  if (!span) return refuse('no-time', 'it has no `startTime`')
  const name = textOf(fields.custom_llm_provider)
  const provider = name === undefined ? byDefault : (LITELLM_PROVIDERS[name] ?? name)
  return { record, model, provider, span, usage: usageOf(fields), columns, id: textOf(fields.request_id) }
}

/** Without the provider that it may begin with. */
function modelOf({ model, custom_llm_provider: provider }: Fields): string | undefined {
  const text = textOf(model)
  return text?.startsWith(`${provider}/`) ? text.slice(`${provider}/`.length) : text
}

function usageOf(fields: Fields): object {
  const { usage_object: whole, additional_usage_values: additional } = objectOf(fields.metadata)
  const usage = { ...objectOf(additional), ...objectOf(whole) }
  const prompt = objectOf(usage.prompt_tokens_details)
  const completion = objectOf(usage.completion_tokens_details)
  const detail = objectOf(prompt.cache_creation_token_details)
  const tokens = {
    prompt: numberOf(fields.prompt_tokens),
    completion: numberOf(fields.completion_tokens),
    // Older versions have these in one of two places.
    read: prompt.cached_tokens || usage.cache_read_input_tokens,
    written: prompt.cache_creation_tokens || usage.cache_creation_input_tokens,
  }
  if (countOf(detail.ephemeral_1h_input_tokens) > 0) return asMessage(tokens, detail, completion)
  return {
    prompt_tokens: tokens.prompt,
    completion_tokens: tokens.completion,
    total_tokens: numberOf(fields.total_tokens),
    prompt_tokens_details: {
      cached_tokens: tokens.read,
      cache_write_tokens: tokens.written,
      audio_tokens: prompt.audio_tokens,
    },
    completion_tokens_details: {
      reasoning_tokens: completion.reasoning_tokens,
      audio_tokens: completion.audio_tokens,
      // They have a separate price, which is unknown.
      image_tokens: completion.image_tokens,
    },
    ...(textOf(usage.service_tier) && { service_tier: usage.service_tier }),
  }
}

/** Chat completions do not state the duration of a cache write; Anthropic's messages do, and count it separately. */
function asMessage(
  tokens: Record<'prompt' | 'completion' | 'read' | 'written', unknown>,
  detail: Fields,
  completion: Fields,
) {
  return {
    input_tokens: countOf(tokens.prompt) - countOf(tokens.read) - countOf(tokens.written),
    cache_read_input_tokens: countOf(tokens.read),
    cache_creation_input_tokens: countOf(tokens.written),
    cache_creation: {
      ephemeral_5m_input_tokens: countOf(detail.ephemeral_5m_input_tokens),
      ephemeral_1h_input_tokens: detail.ephemeral_1h_input_tokens,
    },
    output_tokens: tokens.completion,
    output_tokens_details: { thinking_tokens: completion.reasoning_tokens },
  }
}
