/** Results and failures as responses. Every header is set here, in one pass: middleware would cost as much as the body. */
import type { Failure } from '../../core/failure.ts'
import type { TaggedView } from '../../edge/tagged-view.ts'
import type { View } from '../../views/view.ts'
import type { Answer, Exchange, Streamed } from '../exchange.ts'
import { problemOf, STATUS } from '../problem.ts'
import { isNotModified } from './conditional.ts'
import { type Audience, commonHeaders, uncachedHeaders } from './headers.ts'
import { replyBody } from './kept-body.ts'

export async function replyWith(exchange: Exchange, answer: Answer, audience: Audience): Promise<Response> {
  if (isMatched(exchange, answer.etag)) return replyNotModified(exchange, answer, answer.etag, audience)
  const body = typeof answer.body === 'function' ? await answer.body() : answer.body
  const etag = etagOf(answer, body)
  if (isMatched(exchange, etag)) return replyNotModified(exchange, answer, etag, audience)
  const headers = commonHeaders(exchange, answer, audience, body.contentType)
  const response = new Response('stream' in body ? body.stream : replyBody(body.bytes), { headers })
  addOwnHeaders(response.headers, answer, etag, 'total' in body ? body.total : undefined)
  return response
}

/** In double quotes, where the answer has one. */
export function etagOf({ etag }: Pick<Answer, 'etag'>, body: View | TaggedView | Streamed): string | undefined {
  return etag ?? ('etag' in body ? body.etag : undefined)
}

export function isMatched({ request }: Exchange, etag: string | undefined): boolean {
  return etag !== undefined && isNotModified(request.headers.get('if-none-match'), etag)
}

function replyNotModified(exchange: Exchange, answer: Answer, etag: string | undefined, audience: Audience): Response {
  const headers = commonHeaders(exchange, answer, audience, undefined)
  const response = new Response(null, { status: STATUS.notModified, headers })
  addOwnHeaders(response.headers, answer, etag)
  return response
}

/** Those that other answers of its kind do not have. */
export function addOwnHeaders(
  headers: Headers,
  { headers: own }: Pick<Answer, 'headers'>,
  etag: string | undefined,
  total?: number,
): void {
  if (etag !== undefined) headers.set('etag', etag)
  if (total !== undefined) headers.set('x-total-count', String(total))
  for (const [name, value] of Object.entries(own ?? {})) {
    if (name === 'link') headers.append(name, value)
    else headers.set(name, value)
  }
}

export function replyWithProblem(exchange: Exchange, failure: Failure, audience: Audience): Response {
  const { status, body, headers } = problemOf(failure)
  return new Response(JSON.stringify(body, toWellFormed), {
    status,
    headers: { ...uncachedHeaders(exchange, audience), 'content-type': 'application/problem+json', ...headers },
  })
}

/** A problem may quote the request, and JSON can escape lone surrogates, which have no UTF-8 form. */
function toWellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value
}

export function replyEmpty(
  exchange: Exchange,
  status: number,
  extra: Record<string, string>,
  audience: Audience,
): Response {
  return new Response(null, { status, headers: { ...uncachedHeaders(exchange, audience), ...extra } })
}
