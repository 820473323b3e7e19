/** Reads a request's body up to a limit, whether or not its length was declared. */
import type * as z from 'zod'
import { type FailureOf, type FieldError, fail, ok, type Result } from '../../core/failure.ts'

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
    return invalidBody([{ field: 'body', message: 'is not UTF-8 text' }])
  }
}

/** Operators send settings and corrections; a megabyte holds thousands. */
const MAX_JSON_BYTES = 1_000_000

export async function readJson<T>(
  request: Request,
  schema: z.ZodType<T>,
): Promise<Result<T, FailureOf<'too-large' | 'invalid-request'>>> {
  const text = await readText(request, MAX_JSON_BYTES)
  if (!text.ok) return text
  let json: unknown
  const forbidden: string[] = []
  try {
    json = JSON.parse(text.value, (key, value) => {
      // A schema does not see this key, and a merge would take it for something else.
      if (key === '__proto__') forbidden.push(key)
      return value
    })
  } catch {
    return invalidBody([{ field: 'body', message: 'is not JSON' }])
  }
  if (forbidden.length > 0) return invalidBody([{ field: '__proto__', message: 'is no field' }])
  const parsed = schema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  return invalidBody(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', message })))
}

/** Enough to mend a body by; a body of a megabyte can hold more mistakes than an answer should. */
const MAX_ERRORS = 50
const MAX_ERROR_TEXT = 300

function invalidBody(all: FieldError[]): { ok: false; failure: FailureOf<'invalid-request'> } {
  const errors = all.slice(0, MAX_ERRORS).map(({ field, message }) => ({ field: cut(field), message: cut(message) }))
  const detail = `Cannot read the body: ${errors.map(({ field, message }) => `"${field}" ${message}`).join(', ')}`
  return fail({ code: 'invalid-request', detail, errors })
}

const cut = (text: string): string => (text.length > MAX_ERROR_TEXT ? `${text.slice(0, MAX_ERROR_TEXT)}...` : text)
