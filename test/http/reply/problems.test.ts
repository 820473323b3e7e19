import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { readProblem } from '../../support/http/problem-body.ts'
import { BEARER, type TestApp, testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const EMPTY_503 = [
  '/v1/manifest',
  '/v1/version',
  '/v1/providers',
  '/v1/providers/acme',
  '/v1/providers/acme/models',
  '/v1/models',
  '/v1/models/search',
  '/v1/models/acme/one',
  '/v1/manifest?version=0123456789ab',
  '/v1/manifest?at=2025-03-01',
]
const EMPTY_200 = ['/health', '/v1/status', '/openapi.json', '/docs', '/docs/swagger-ui-bundle.js', '/v1/versions']

afterEach(() => vi.restoreAllMocks())

/** A registry whose every tier is down. */
function brokenApp(): TestApp {
  const down = () => Promise.reject(new Error('secret-detail-of-the-inside'))
  const registry = { current: down, resolve: down, manifest: down, status: down, fill: down, refresh: down }
  return testApp({}, { REGISTRY_DO: { getByName: () => registry }, REGISTRY: { get: down, getWithMetadata: down } })
}

async function fill(): Promise<void> {
  await testApp().take(recordedPull([aaRow({ slug: 'one' })], { fetchedAt: '2025-03-01T02:00:00.000Z' }))
}

// Must run before the tests that fill the registry.
describe('an empty registry', () => {
  it.each(EMPTY_503)('answers 503 to %s, with when to retry and how to fill it', async (path) => {
    const response = await testApp().get(path)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    const { detail } = await readProblem(response, 'empty-registry')
    expect(detail).toMatch(/AA_API_KEY/)
    expect(detail).toMatch(/\/v1\/admin/)
  })

  it.each(EMPTY_200)('answers 200 to %s', async (path) => {
    expect((await testApp().get(path)).status).toBe(200)
  })

  it('has no versions, and its status names none', async () => {
    expect(await (await testApp().get('/v1/versions')).json()).toEqual([])
    const status = await (await testApp().get('/v1/status')).json()
    expect(status).not.toHaveProperty('version')
    expect(status).not.toHaveProperty('seq')
    expect(status).not.toHaveProperty('lastPull')
    expect(status).toMatchObject({ now: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/), orphaned: [] })
  })

  it('reports an invalid request first', async () => {
    await readProblem(await testApp().get('/v1/models?limit=0'), 'invalid-request')
    await readProblem(await testApp().get('/v1/manifest?version=x'), 'invalid-request')
    await readProblem(await testApp().get('/v1/nothing'), 'not-found')
    await readProblem(await testApp().send('POST', '/v1/manifest'), 'method-not-allowed')
  })

  it('answers 503 even to a condition that any body meets', async () => {
    await readProblem(await testApp().get('/v1/manifest', { 'if-none-match': '*' }), 'empty-registry')
  })
})

describe('a filled registry', () => {
  beforeAll(fill)

  it('quotes the request, truncated', async () => {
    const long = 'x'.repeat(5000)
    const response = await testApp().get(`/v1/manifest?version=${long}`)
    expect((await response.clone().text()).length).toBeLessThan(1000)
    await readProblem(response, 'invalid-request')
    expect((await (await testApp().get(`/${long}`)).text()).length).toBeLessThan(1000)
  })

  it('reveals nothing internal when it fails, and logs it', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const app = brokenApp()
    for (const path of ['/v1/manifest', '/v1/models', '/v1/status', '/v1/manifest?at=2025-03-01']) {
      const response = await app.get(path)
      expect(await response.clone().text()).not.toContain('secret-detail')
      await readProblem(response, 'internal')
    }
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ message: 'secret-detail-of-the-inside' }))
  })

  it('is healthy while everything else is down', async () => {
    expect((await brokenApp().get('/health')).status).toBe(200)
  })
})

describe('security headers', () => {
  beforeAll(fill)

  const kinds: [kind: string, status: number, answer: () => Promise<Response>][] = [
    ['a body', 200, () => testApp().get('/v1/manifest')],
    ['a page', 200, () => testApp().get('/')],
    ['the docs', 200, () => testApp().get('/docs')],
    ['a script', 200, () => testApp().get('/docs/swagger-ui-bundle.js')],
    ['an outcome', 502, () => testApp({}, { REGISTRY_DO: failingSource }).send('POST', '/v1/admin/refresh', bearer)],
    ['no content', 204, () => testApp().send('OPTIONS', '/v1/manifest')],
    ['a redirect', 302, () => testApp().get('/assets/style.old.css')],
    ['a 304', 304, () => testApp().get('/v1/manifest', { 'if-none-match': '*' })],
    ['a bad request', 400, () => testApp().get('/v1/models?limit=0')],
    ['a missing token', 401, () => testApp().send('POST', '/v1/admin/refresh')],
    ['a missing resource', 404, () => testApp().get('/v1/nothing')],
    ['a wrong method', 405, () => testApp().send('DELETE', '/v1/manifest')],
    ['an internal error', 500, () => brokenApp().get('/v1/manifest')],
    ['disabled administration', 503, () => testApp({ ADMIN_TOKEN: undefined }).send('POST', '/v1/admin/refresh')],
  ]
  const bearer = { headers: BEARER }
  const failure = { code: 'source-failed', reason: 'network', detail: 'Cannot pull' }
  const failingSource = { getByName: () => ({ refresh: async () => ({ ok: false, failure }) }) }

  it.each(kinds)('are on %s', async (_kind, status, answer) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const response = await answer()
    expect(response.status).toBe(status)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(response.headers.get('referrer-policy')).toMatch(/^(no-referrer|same-origin)$/)
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(response.headers.get('strict-transport-security')).toMatch(/max-age=\d+/)
  })
})

describe('the first read of an empty registry', () => {
  it('starts a pull, and does not wait for it', async () => {
    const fill = vi.fn(async () => undefined)
    const registry = { current: async () => undefined, fill }
    const app = testApp({}, { REGISTRY_DO: { getByName: () => registry } })
    await readProblem(await app.get('/v1/manifest'), 'empty-registry')
    expect(fill).toHaveBeenCalledOnce()
  })
})
