/** Query parameters of pages, by zod schemas: the code of a page is loaded when it is first requested. */
import * as z from 'zod'
import { type FailureOf, ok, type Result } from '../../core/failure.ts'
import { hintOf } from '../../core/nearest.ts'
import { invalidQuery } from '../request/query.ts'

/** `given` has no unknown names and no empty values: forms send empty values, and other sites add parameters. */
export function parseQuery<Shape extends z.ZodObject>(
  schema: Shape,
  given: readonly (readonly [name: string, value: string])[],
): Result<z.infer<Shape>, FailureOf<'invalid-request'>> {
  const params = new Map<string, string[]>()
  for (const [name, value] of given) params.set(name, [...(params.get(name) ?? []), value])
  const repeated = [...params].filter(([name, values]) => values.length > 1 && !isRepeatable(schema.shape[name]))
  if (repeated.length > 0)
    return invalidQuery(repeated.map(([field]) => ({ field, message: 'is given more than once' })))
  const raw = [...params].map(([name, values]) => [name, isRepeatable(schema.shape[name]) ? values : values[0]])
  const parsed = schema.safeParse(Object.fromEntries(raw))
  if (parsed.success) return ok(parsed.data)
  return invalidQuery(
    parsed.error.issues.map((issue) => {
      const field = String(issue.path[0] ?? 'query')
      const values = params.get(field)
      return { field, message: values ? messageOf(issue, values) : 'is missing' }
    }),
  )
}

/** For one of few words, it suggests the nearest. */
function messageOf(issue: z.core.$ZodIssue, values: string[]): string {
  const given = values[Number(issue.path[1] ?? 0)] ?? ''
  return issue.code === 'invalid_value' ? issue.message + hintOf(given, issue.values.map(String)) : issue.message
}

function isRepeatable(schema: unknown): boolean {
  return (schema instanceof z.ZodOptional ? schema.unwrap() : schema) instanceof z.ZodArray
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

/** The two ways to name a commit. */
export const VERSION_QUERY = z.object({
  version: z.string().optional().meta({ description: 'A version, an etag, or at least 8 of its hex digits' }),
  at: z
    .string()
    .optional()
    .meta({ description: 'A date (the end of that UTC day) or a date-time with Z or an offset' }),
})
