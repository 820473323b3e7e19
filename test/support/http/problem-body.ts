/** Reads a problem of the registry (RFC 9457), and checks what all problems have in common. */
import { expect } from 'vitest'
import * as z from 'zod'

const Problem = z.looseObject({
  type: z.url(),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  code: z.string(),
  errors: z.array(z.strictObject({ field: z.string(), message: z.string().min(1) })).optional(),
})
export type Problem = z.infer<typeof Problem>

const STATUS_OF_CODE: Record<string, number> = {
  'invalid-request': 400,
  unauthorized: 401,
  'not-found': 404,
  'method-not-allowed': 405,
  'ambiguous-version': 409,
  'ambiguous-model': 409,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'rate-limited': 429,
  internal: 500,
  'source-failed': 502,
  'empty-registry': 503,
  'admin-disabled': 503,
  configuration: 503,
  restoring: 503,
}

export async function readProblem(response: Response, code: string): Promise<Problem> {
  const text = await response.text()
  expect(response.headers.get('content-type'), text).toMatch(/^application\/problem\+json/)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('etag')).toBeNull()
  expect(response.headers.get('x-registry-version')).toBeNull()
  const problem = Problem.parse(JSON.parse(text))
  expect(problem).toMatchObject({ code, status: STATUS_OF_CODE[code] })
  expect(response.status).toBe(problem.status)
  return problem
}

/** The invalid fields that a 400 names. */
export async function readFieldErrors(response: Response): Promise<string[]> {
  const { errors = [] } = await readProblem(response, 'invalid-request')
  return errors.map(({ field }) => field)
}
