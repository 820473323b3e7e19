/** A server with the APIs of OpenAI and Anthropic, streaming and not, that always reports the same usage. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { type LocalServer, sendJson, startLocalServer } from '../cli/local-server.ts'

/** 2026-09-01T10:00:00Z. */
const CREATED = 1_788_256_800
const CHAT_USAGE = {
  ...{ prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
  prompt_tokens_details: { cached_tokens: 400, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 20, audio_tokens: 0 },
}
const RESPONSE_USAGE = {
  ...{ input_tokens: 1000, output_tokens: 100, total_tokens: 1100 },
  input_tokens_details: { cached_tokens: 400, cache_write_tokens: 0 },
  output_tokens_details: { reasoning_tokens: 20 },
}
const MESSAGE_USAGE = {
  ...{ input_tokens: 500, output_tokens: 100, cache_read_input_tokens: 400, cache_creation_input_tokens: 100 },
  cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 0 },
  service_tier: 'standard',
}
const TEXT = 'Hello yourself'

/** Events in order. The name is `undefined` if the protocol has none. */
type Events = [name: string | undefined, data: unknown][]

interface Asked {
  model: string
  stream?: boolean
}

export function startModelApis(): Promise<LocalServer> {
  return startLocalServer(async (request, response) => answer(request, response))
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { model, stream = false } = (await json(request)) as Asked // by the protocols
  switch (request.url) {
    case '/v1/chat/completions':
      return stream ? sendEvents(response, chatEvents(model)) : sendJson(response, 200, chatOf(model))
    case '/v1/responses':
      return stream
        ? sendEvents(response, responseEvents(model))
        : sendJson(response, 200, responseOf(model, 'completed'))
    case '/v1/messages':
      return stream ? sendEvents(response, messageEvents(model)) : sendJson(response, 200, messageOf(model))
    default:
      return sendJson(response, 404, { error: { message: `no ${request.url}` } })
  }
}

function sendEvents(response: ServerResponse, events: Events): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const [name, data] of events)
    response.write(
      `${name ? `event: ${name}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
    )
  response.end()
}

function chatOf(model: string) {
  const message = { role: 'assistant', content: TEXT, refusal: null }
  const choices = [{ index: 0, message, finish_reason: 'stop', logprobs: null }]
  return { id: 'chatcmpl-1', object: 'chat.completion', created: CREATED, model, choices, usage: CHAT_USAGE }
}

function chatEvents(model: string): Events {
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: CREATED, model }
  const choice = { index: 0, delta: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }
  return [
    [undefined, { ...chunk, choices: [choice], usage: null }],
    [undefined, { ...chunk, choices: [], usage: CHAT_USAGE }],
    [undefined, '[DONE]'],
  ]
}

const ITEM = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed' }
const PART = { type: 'output_text', text: TEXT, annotations: [] }

function responseOf(model: string, status: string) {
  const isDone = status === 'completed'
  const output = isDone ? [{ ...ITEM, content: [PART] }] : []
  const facts = { id: 'resp_1', object: 'response', created_at: CREATED, model, status, output }
  return { ...facts, incomplete_details: null, error: null, tools: [], ...(isDone && { usage: RESPONSE_USAGE }) }
}

function responseEvents(model: string): Events {
  const at = { item_id: ITEM.id, output_index: 0, content_index: 0 }
  const events = [
    { type: 'response.created', response: responseOf(model, 'in_progress') },
    { type: 'response.output_item.added', output_index: 0, item: { ...ITEM, status: 'in_progress', content: [] } },
    { type: 'response.output_text.delta', ...at, delta: TEXT, logprobs: [] },
    { type: 'response.output_item.done', output_index: 0, item: { ...ITEM, content: [PART] } },
    { type: 'response.completed', response: responseOf(model, 'completed') },
  ]
  return events.map((event, sequence_number) => [event.type, { ...event, sequence_number }])
}

function messageOf(model: string) {
  const content = [{ type: 'text', text: TEXT, citations: null }]
  const facts = { id: 'msg_1', type: 'message', role: 'assistant', model, content }
  return { ...facts, stop_reason: 'end_turn', stop_sequence: null, usage: MESSAGE_USAGE }
}

/** The first event has the usage so far, and the last one has the total. */
function messageEvents(model: string): Events {
  const begun = { ...messageOf(model), content: [], stop_reason: null, usage: { ...MESSAGE_USAGE, output_tokens: 1 } }
  const events = [
    { type: 'message_start', message: begun },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: TEXT } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 100 } },
    { type: 'message_stop' },
  ]
  return events.map((event) => [event.type, event])
}
