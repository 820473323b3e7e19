/** Checks what every response of a page or the API promises, in any state of the registry. */
import { expect } from 'vitest'
import * as z from 'zod'
import type { FuzzRequest } from './any-request.ts'

const STATUSES = [200, 204, 302, 303, 304, 400, 401, 404, 405, 409, 413, 429, 503]
const Problem = z.object({ code: z.string(), detail: z.string() })

export interface Promised {
  /** Whether reads need a token. */
  isClosed: boolean
}

export async function checkAnyAnswer(request: FuzzRequest, response: Response, { isClosed }: Promised): Promise<void> {
  const { status, headers } = response
  const text = new TextDecoder().decode(await response.clone().arrayBuffer())
  expect(STATUSES, text).toContain(status)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/)
  const cacheControl = headers.get('cache-control') ?? ''
  if (isClosed) expect(cacheControl).toMatch(/^(no-store$|private, )/)
  if (status >= 400) expect(cacheControl).toBe('no-store')
  checkRedirect(headers.get('location'))
  const begins = status === 303 && request.method === 'POST'
  expect(headers.get('set-cookie') !== null).toBe(begins)
  const type = headers.get('content-type') ?? ''
  if (type.startsWith('text/html'))
    expect(text).not.toMatch(
      /<script(?! src="\/docs\/| type="(module" src="\/assets\/|application\/json"))|<img| on\w+=/,
    )
  if (type === 'application/problem+json' && request.method !== 'HEAD') Problem.parse(JSON.parse(text))
}

/** The redirect stays within the registry: neither another host nor another scheme. */
function checkRedirect(location: string | null): void {
  if (location === null) return
  expect(location).toMatch(/^\/(?![/\\])/)
}
