/** Query parameters of pages by their schemas, which pages may evaluate: each is loaded when it is first asked for. */
import * as z from 'zod'
import { type FailureOf, type FieldError, fail, ok, type Result } from '../../core/failure.ts'
import { hintOf } from '../../core/nearest.ts'
import { MIN_TOKEN_LENGTH } from '../../core/settings/setting.ts'

/** Twice the longest name of ours. */
const MAX_WORD_LENGTH = 40
/** More than any search names. Each that is unknown takes an error of some length. */
const MAX_PARAMETERS = 200

type Parsed<T> = Result<T, FailureOf<'invalid-request'>>

export function parseQuery<Shape extends z.ZodObject>(schema: Shape, search: string): Parsed<z.infer<Shape>> {
  if (search.split('&', MAX_PARAMETERS + 1).length > MAX_PARAMETERS)
    return invalid([{ field: 'query', message: `has more than ${MAX_PARAMETERS} parameters` }])
  const params = collect(search)
  if (!params) return invalid([{ field: 'query', message: 'is not percent-encoded text' }])
  const errors = [...params].flatMap(([name, values]) => errorsOf(schema, name, values))
  if (errors.length > 0) return invalid(errors)
  const raw = [...params].map(([name, values]) => [name, isRepeatable(schema.shape[name]) ? values : values[0]])
  const parsed = schema.safeParse(Object.fromEntries(raw))
  if (parsed.success) return ok(parsed.data)
  return invalid(
    parsed.error.issues.map((issue) => {
      const field = String(issue.path[0] ?? 'query')
      const values = params.get(field)
      return { field, message: values ? messageOf(issue, values) : 'is missing' }
    }),
  )
}

/** Of one of few words it names the nearest. */
function messageOf(issue: z.core.$ZodIssue, values: string[]): string {
  const given = values[Number(issue.path[1] ?? 0)] ?? ''
  return issue.code === 'invalid_value' ? issue.message + hintOf(given, issue.values.map(String)) : issue.message
}

function collect(search: string): Map<string, string[]> | undefined {
  try {
    decodeURIComponent(search)
  } catch {
    return undefined
  }
  const params = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(search)) params.set(name, [...(params.get(name) ?? []), value])
  return params
}

function errorsOf(schema: z.ZodObject, name: string, values: string[]): FieldError[] {
  if (!Object.hasOwn(schema.shape, name)) return [unknownError(name, Object.keys(schema.shape))]
  if (values.includes('')) return [{ field: name, message: 'is empty' }]
  if (values.length > 1 && !isRepeatable(schema.shape[name]))
    return [{ field: name, message: 'is given more than once' }]
  return []
}

/**
 * A name as long as a token may be one, sent in the wrong way: it is not repeated, or logs of answers would keep it.
 * Letters alone are a parameter misspelt.
 */
function unknownError(name: string, known: string[]): FieldError {
  const there = known.length > 0 ? `known are ${known.join(', ')}` : 'this route has no parameters'
  const isWord = name.length <= MAX_WORD_LENGTH && /^[a-z]+$/i.test(name)
  if (isWord || name.length < MIN_TOKEN_LENGTH)
    return { field: name, message: `is unknown; ${there}${hintOf(name, known)}` }
  return { field: 'query', message: `has an unknown parameter with a name of ${name.length} characters; ${there}` }
}

function isRepeatable(schema: unknown): boolean {
  return (schema instanceof z.ZodOptional ? schema.unwrap() : schema) instanceof z.ZodArray
}

function invalid(errors: FieldError[]): { ok: false; failure: FailureOf<'invalid-request'> } {
  const detail = `Cannot read the query: ${errors.map(({ field, message }) => `"${field}" ${message}`).join(', ')}`
  return fail({ code: 'invalid-request', detail, errors })
}

/** A number in plain decimal notation; no hexadecimal, exponent or white space. */
export function numberParam<T extends z.ZodNumber>(schema: T) {
  return z.preprocess((text) => (typeof text === 'string' && /^\d+(\.\d+)?$/.test(text) ? Number(text) : text), schema)
}

export function flagParam(description: string) {
  return z
    .preprocess((text) => (text === 'true' ? true : text === 'false' ? false : text), z.boolean())
    .optional()
    .meta({ description })
}

export const NO_QUERY = z.object({})

/** The two ways to name a row of the history. */
export const VERSION_QUERY = z.object({
  version: z.string().optional().meta({ description: 'A version, an etag, or at least 8 of its hex digits' }),
  at: z
    .string()
    .optional()
    .meta({ description: 'A date (the end of that UTC day) or a date-time with Z or an offset' }),
})
