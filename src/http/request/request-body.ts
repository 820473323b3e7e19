/** Reads a request's body up to a limit, whether or not its length was declared. */
import type * as z from 'zod'
import { concatenate } from '../../core/concatenate.ts'
import { type FailureOf, type FieldError, fail, ok, type Result } from '../../core/failure.ts'
import { isTextNestedDeeper } from '../../core/json/nesting.ts'
import { findRepeatedKey } from '../../core/json/repeated-key.ts'

type Refusal = FailureOf<'too-large' | 'invalid-request'>

/** A recorded pull crosses to the object as bytes, of which an RPC message holds 32 MiB. */
export const MAX_PULL_BODY_BYTES = 24_000_000

export async function readBytes(request: Request, maxBytes: number): Promise<Result<Uint8Array, Refusal>> {
  const declared = request.headers.get('content-length')
  if (Number(declared ?? 0) > maxBytes) return tooLarge(maxBytes)
  // A body of declared length ends there (RFC 9112, section 6.2). Read at once, megabytes cost a fifth of their chunks.
  if (declared !== null) return withinLimit(new Uint8Array(await request.arrayBuffer()), maxBytes)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > maxBytes) return tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return ok(concatenate(chunks))
}

function withinLimit(bytes: Uint8Array, maxBytes: number): Result<Uint8Array, Refusal> {
  return bytes.byteLength > maxBytes ? tooLarge(maxBytes) : ok(bytes)
}

function tooLarge(maxBytes: number): { ok: false; failure: FailureOf<'too-large'> } {
  return fail({ code: 'too-large', detail: `Cannot read the body: it exceeds ${maxBytes / 1e6} MB` })
}

export async function readText(request: Request, maxBytes: number): Promise<Result<string, Refusal>> {
  const bytes = await readBytes(request, maxBytes)
  if (!bytes.ok) return bytes
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes.value))
  } catch {
    return invalidBody([{ field: 'body', message: 'is not UTF-8 text' }])
  }
}

/** Operators send settings and corrections; a megabyte holds thousands. */
const MAX_JSON_BYTES = 1_000_000
/** Twice the depth of the deepest valid body. */
const MAX_NESTING = 32

export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<Result<T, Refusal>> {
  const text = await readText(request, MAX_JSON_BYTES)
  if (!text.ok) return text
  // Before anything parses it: what follows walks it by recursion.
  if (isTextNestedDeeper(text.value, MAX_NESTING))
    return invalidBody([{ field: 'body', message: `is nested more than ${MAX_NESTING} levels deep` }])
  let json: unknown
  const forbidden: string[] = []
  try {
    json = JSON.parse(text.value, (key, value) => {
      // Schemas ignore this key, and a merge would treat it as the prototype.
      if (key === '__proto__') forbidden.push(key)
      return value
    })
  } catch {
    return invalidBody([{ field: 'body', message: 'is not JSON' }])
  }
  if (forbidden.length > 0) return invalidBody([{ field: '__proto__', message: 'is not an allowed field' }])
  const repeated = findRepeatedKey(text.value)
  if (repeated !== undefined) return invalidBody([{ field: repeated, message: 'is given more than once' }])
  const parsed = schema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  return invalidBody(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', message })))
}

/** Enough to correct a body; a body of a megabyte can contain more errors than a response should. */
const MAX_ERRORS = 50
const MAX_ERROR_TEXT = 300

function invalidBody(all: FieldError[]): { ok: false; failure: FailureOf<'invalid-request'> } {
  const errors = all.slice(0, MAX_ERRORS).map(({ field, message }) => ({ field: cut(field), message: cut(message) }))
  const detail = `Cannot read the body: ${errors.map(({ field, message }) => `"${field}" ${message}`).join(', ')}`
  return fail({ code: 'invalid-request', detail, errors })
}

const cut = (text: string): string => (text.length > MAX_ERROR_TEXT ? `${text.slice(0, MAX_ERROR_TEXT)}...` : text)
