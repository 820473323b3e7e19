/** Usage files in the formats of providers and tools. Their content is made up. */

/** A page of `GET /v1/organization/usage/completions`, grouped by model. */
export function openAiPage(...results: object[]): object {
  const bucket = { object: 'bucket', start_time: 1_788_220_800, end_time: 1_788_307_200 }
  const completed = results.map((result) => ({
    ...{ object: 'organization.usage.completions.result', project_id: 'proj_1', user_id: null, api_key_id: 'key_1' },
    ...{ model: 'acme-one', batch: null, service_tier: null, num_model_requests: 1 },
    ...{ input_tokens: 0, output_tokens: 0, input_cached_tokens: 0, input_audio_tokens: 0, output_audio_tokens: 0 },
    ...result,
  }))
  return { object: 'page', data: [{ ...bucket, results: completed }], has_more: false, next_page: null }
}

/** A page of `GET /v1/organizations/usage_report/messages`, grouped by model and context window. */
export function anthropicPage(...results: object[]): object {
  const completed = results.map((result) => ({
    ...{ uncached_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 },
    cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
    server_tool_use: { web_search_requests: 0 },
    ...{
      api_key_id: null,
      workspace_id: 'wrkspc_1',
      model: 'acme-one',
      service_tier: 'standard',
      context_window: null,
    },
    ...result,
  }))
  const bucket = { starting_at: '2026-09-01T00:00:00Z', ending_at: '2026-09-02T00:00:00Z', results: completed }
  return { data: [bucket], has_more: false, next_page: null }
}

export const OPENAI_CSV = `start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens,input_audio_tokens,output_audio_tokens
1788220800,1788307200,2026-09-01T00:00:00+00:00,2026-09-02T00:00:00+00:00,proj_1,10.0,user-1,key_1,acme-one,FALSE,default,59200.0,10646.0,5760.0,53440.0,0.0,0.0
1788307200,1788393600,2026-09-02T00:00:00+00:00,2026-09-03T00:00:00+00:00,,,,,,,,,,,,,
`

export const ANTHROPIC_CSV = `usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed
2026-09-01,acme-one,app,Default,standard,≤ 200k,100000,1000,2000,30000,5000,10,not_available,
`

/** A row of LiteLLM's spend table, as `/spend/logs` returns it. */
export function spendLog(facts: object = {}): Record<string, unknown> {
  return {
    ...{ request_id: 'chatcmpl-1', call_type: 'acompletion', api_key: 'hashed', spend: 0.1 },
    ...{ total_tokens: 1500, prompt_tokens: 1000, completion_tokens: 500 },
    ...{ startTime: '2026-09-01T10:00:00.000Z', endTime: '2026-09-01T10:00:09.000Z', status: 'success' },
    ...{ model: 'acme-one', model_group: 'chat', custom_llm_provider: 'acme', cache_hit: 'False', team_id: 'team-a' },
    metadata: { usage_object: { prompt_tokens_details: { cached_tokens: 400 } }, user_api_key_alias: 'key-a' },
    ...facts,
  }
}

/** A line of a session of Claude Code: one block of the content of a message. */
export function sessionLine(message: object = {}, facts: object = {}): Record<string, unknown> {
  const usage = {
    ...{ input_tokens: 10, cache_creation_input_tokens: 1000, cache_read_input_tokens: 2000, output_tokens: 100 },
    cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 0 },
    ...{ server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 }, service_tier: 'standard' },
  }
  return {
    ...{ parentUuid: null, isSidechain: false, sessionId: 'session-1', cwd: '/home/someone/app', version: '2.1.63' },
    ...{ type: 'assistant', uuid: 'uuid-1', requestId: 'req_1', timestamp: '2026-09-01T10:00:00.000Z' },
    message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'acme-one', content: [], usage, ...message },
    ...facts,
  }
}

export const toLines = (...values: object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')
