/** Reads a request's body up to a limit, whether or not its length was declared. */
import { type FailureOf, fail, ok, type Result } from '../core/failure.ts'

export async function readText(
  request: Request,
  maxBytes: number,
): Promise<Result<string, FailureOf<'too-large' | 'invalid-request'>>> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > maxBytes)
        return fail({ code: 'too-large', detail: `Cannot take a body of more than ${maxBytes / 1e6} MB` })
      text += decoder.decode(chunk, { stream: true })
    }
    return ok(text + decoder.decode())
  } catch {
    const errors = [{ field: 'body', message: 'is not UTF-8 text' }]
    return fail({ code: 'invalid-request', detail: 'Cannot read the body: it is not UTF-8 text', errors })
  }
}
