/** A request whose answer is needed as it comes: its headers, or its body as a stream. */
import * as z from 'zod'
import { CommandError } from './command.ts'
import type { Target } from './target-options.ts'

/** No answer came, or only a part of it. The same request may be sent again. */
export class ConnectionError extends CommandError {}

export interface RequestOptions {
  method?: string
  body?: string
  contentType?: string
  signal?: AbortSignal
}

export async function requestRegistry(
  { url, token }: Target,
  path: string,
  { method = 'GET', body, contentType, signal }: RequestOptions = {},
): Promise<Response> {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(contentType !== undefined && { 'content-type': contentType }),
  }
  try {
    return await fetch(new URL(path, url), { method, headers, body, signal })
  } catch (error) {
    throw connectionError(url, error)
  }
}

/** The body of an answer, whose connection may yet break. */
export async function* readChunks(target: Target, { body }: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? []
  } catch (error) {
    throw connectionError(target.url, error)
  }
}

const Problem = z.object({ detail: z.string() })

/** Why a registry refused. */
export async function refusalOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '')
  try {
    return Problem.parse(JSON.parse(text)).detail
  } catch {
    return `it answered with status ${response.status}`
  }
}

function connectionError(url: string, error: unknown): ConnectionError {
  return new ConnectionError(`Cannot reach the registry at ${url}: ${reasonOf(error)}`)
}

/** Of a failed fetch, the cause says more than the message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  const { cause } = error
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0])
  return cause instanceof Error ? cause.message : error.message
}
