/** Checks what every response of the service promises, for any request. */
import { expect } from 'vitest'
import * as z from 'zod'
import { readProblem } from '../http/problem-body.ts'
import { CURRENT, IMMUTABLE } from '../http/recorded-answers.ts'
import { type FuzzRequest, isAllowed } from './any-request.ts'
import type { Operation } from './operations.ts'

/** These paths describe the registry, not a version. */
const UNVERSIONED = ['/v1/status', '/health', '/openapi.json', '/docs']
const Problem = z.object({ code: z.string(), detail: z.string(), errors: z.array(z.unknown()).optional() })

export async function checkAnswer(request: FuzzRequest, response: Response, operations: Operation[]): Promise<void> {
  const { status, headers } = response
  const path = pathOf(request)
  const asked = operations.filter((operation) => isOf(operation, path))
  const answering = asked.filter(({ method }) => method === (request.method === 'HEAD' ? 'GET' : request.method))
  const text = new TextDecoder().decode(await response.clone().arrayBuffer())
  expect(status, text).not.toBe(500)
  checkEveryHeader(request, path, headers)
  if (request.method === 'HEAD' || [204, 302, 304].includes(status)) expect(text).toBe('')
  if (status >= 400) return checkProblem(request, response, answering)
  if (request.method === 'OPTIONS') return checkOptions(response, asked)
  if (status === 304) {
    expect(request.headers['if-none-match']).toBeDefined()
    return checkContent(path, headers)
  }
  if (status === 302) return
  expect(status).toBe(200)
  const isVersioned = !path.startsWith('/v1/admin') && !UNVERSIONED.includes(path) && !path.startsWith('/docs/')
  if (path === '/v1/cost') checkPriced(headers)
  else if (isVersioned && !isExplained(request)) checkContent(path, headers)
  else expect(headers.get('x-registry-version')).toBeNull()
  if (request.method !== 'HEAD') checkBody(response, text, answering)
}

/** Provenance describes the current registry, and is not cached. */
function isExplained({ url }: FuzzRequest): boolean {
  return new URL(url, 'https://registry.example').searchParams.get('provenance') === 'true'
}

function checkEveryHeader(request: FuzzRequest, path: string, headers: Headers): void {
  expect(headers.get('cache-control')).toMatch(/./)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/)
  expect(headers.get('set-cookie')).toBeNull()
  const isAdmin = /^\/v1\/admin(\/|$)/.test(path)
  if (isAdmin) expect(headers.get('cache-control')).toBe('no-store')
  const origin = request.headers.origin ?? ''
  const allowed = !isAdmin && isAllowed(origin.toLowerCase())
  expect(headers.get('access-control-allow-origin')).toBe(allowed ? origin : null)
  if (request.method !== 'OPTIONS')
    expect(headers.get('access-control-expose-headers')).toBe(
      allowed ? 'ETag, X-Registry-Version, X-Total-Count, Link, Content-Location, Retry-After' : null,
    )
  expect(headers.get('access-control-allow-credentials')).toBeNull()
  if (!isAdmin) expect(headers.get('vary')).toBe('Origin')
}

async function checkProblem(request: FuzzRequest, response: Response, answering: Operation[]): Promise<void> {
  const { status, headers } = response
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(headers.get('cache-control')).toBe('no-store')
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^Bearer /)
  if (status === 405) expect(headers.get('allow')).toMatch(/^[A-Z]+(, [A-Z]+)*, OPTIONS$/)
  const declared = answering.flatMap(({ statuses }) => statuses)
  // If no operation matches, the path does not exist, or not with this method.
  expect(answering.length > 0 ? declared : [400, 401, 404, 405, 429]).toContain(status)
  if (request.method === 'HEAD') return
  const { code, detail, errors } = Problem.parse(await response.clone().json())
  await readProblem(response, code)
  expect(detail.isWellFormed()).toBe(true)
  if (errors) expect(errors).not.toEqual([])
  if (['empty-registry', 'restoring', 'rate-limited'].includes(code))
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
}

function checkOptions({ status, headers }: Response, asked: Operation[]): void {
  expect(status).toBe(204)
  const allow = (headers.get('allow') ?? '').split(', ')
  for (const method of ['OPTIONS', ...(asked.length === 1 ? asked.map(({ method }) => method) : [])])
    expect(allow).toContain(method)
}

/** The response has a version, but is not cached, because such requests are not repeated. */
function checkPriced(headers: Headers): void {
  expect(headers.get('x-registry-version')).toMatch(/^v1\.[0-9a-f]{12}$/)
  expect(headers.get('cache-control')).toBe('no-store')
}

function checkContent(path: string, headers: Headers): void {
  expect(headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
  // A part is named by its digest and may belong to many versions.
  if (path.startsWith('/v1/parts/')) expect(headers.get('x-registry-version')).toBeNull()
  else expect(headers.get('x-registry-version')).toMatch(/^v1\.[0-9a-f]{12}$/)
  expect([IMMUTABLE, CURRENT]).toContain(headers.get('cache-control'))
  expect(headers.get('content-location') ?? '/v1/models/').toMatch(/^\/v1\/models\//)
}

function checkBody({ headers }: Response, text: string, answering: Operation[]): void {
  const contentType = headers.get('content-type') ?? ''
  if (contentType !== 'application/json') {
    expect(contentType).toMatch(/^(text\/html; charset=utf-8|application\/x-ndjson)$/)
    return
  }
  const json: unknown = JSON.parse(text)
  const complaints = answering.map(({ answer }) => answer?.schema?.safeParse(json).error)
  expect(complaints.length > 0 && complaints.every((error) => error !== undefined) ? complaints : []).toEqual([])
  const total = headers.get('x-total-count')
  if (total !== null) expect(Number(total)).toBeGreaterThanOrEqual(z.array(z.unknown()).parse(json).length)
}

/** The path as the router reads it: characters that need no encoding mean the same when encoded. */
function pathOf({ url }: FuzzRequest): string {
  const { pathname } = new URL(`https://registry.example${url}`)
  return pathname.replace(/(%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURI(encoded)
    } catch {
      return encoded
    }
  })
}

function isOf({ path }: Operation, pathname: string): boolean {
  const pattern = path
    .split(/(\{\w+\})/)
    .map((part) => (part === '{value}' ? '[^]+' : part.startsWith('{') ? '[^/]+' : part.replace(/[.$]/g, '\\$&')))
    .join('')
  return new RegExp(`^${pattern}$`).test(pathname)
}
