/** Sends one request to a source, with limits on time and size. A failure is a value. */

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

interface BoundedRequest {
  url: string
  headers: Record<string, string>
  timeoutMs: number
  maxBytes: number
}

/** The kind `text` has the whole body of a 200 response; `status` is any other status. */
export type Reply =
  | { kind: 'text'; text: string; bytes: number; headers: Headers }
  | { kind: 'status'; status: number; headers: Headers }
  | { kind: 'too-large' }
  | { kind: 'timeout' }
  | { kind: 'network-error'; reason: string }

export async function fetchBounded(
  { url, headers, timeoutMs, maxBytes }: BoundedRequest,
  fetch: Fetch,
): Promise<Reply> {
  // Not AbortSignal.timeout, whose timer would keep the Durable Object busy long after the body is read.
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), timeoutMs)
  try {
    // Redirects are not followed, because the API key would be sent to their target.
    const response = await fetch(url, { headers, redirect: 'manual', signal: controller.signal })
    if (response.status !== 200) {
      await response.body?.cancel()
      return { kind: 'status', status: response.status, headers: response.headers }
    }
    const body = await readText(response, maxBytes)
    return body ? { kind: 'text', ...body, headers: response.headers } : { kind: 'too-large' }
  } catch (error) {
    return controller.signal.aborted ? { kind: 'timeout' } : { kind: 'network-error', reason: reasonOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

/** Seconds or a date (RFC 9110, section 10.2.3). */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Number(value)
  const date = Date.parse(value)
  const now = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) || Number.isNaN(now) ? undefined : Math.max(0, Math.ceil((date - now) / 1000))
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

/** The body as text; `undefined` if it exceeds `maxBytes`. */
async function readText(response: Response, maxBytes: number): Promise<{ text: string; bytes: number } | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return { text: text + decoder.decode(), bytes }
}
