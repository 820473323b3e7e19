import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { BEARER, testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const APP = 'https://app.example.com'
const app = testApp({ ALLOWED_ORIGINS: APP })

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())

beforeAll(async () => {
  await app.take(recordedPull([aaRow({ slug: 'one' })], { fetchedAt: '2025-03-01T02:00:00.000Z' }))
})

const corsHeaders = (response: Response): string[] =>
  [...response.headers.keys()].filter((name) => name.startsWith('access-control-'))

const variesByOrigin = (response: Response): boolean => /\borigin\b/i.test(response.headers.get('vary') ?? '')

describe('ALLOWED_ORIGINS', () => {
  const ONE = 'https://*.example.com'

  it('does not take a text for an origin that is too long for one', async () => {
    const wide = testApp({ ALLOWED_ORIGINS: ONE })
    const originOf = (length: number) => `https://${'a'.repeat(length - 'https://.example.com'.length)}.example.com`
    for (const [length, allowed] of [
      [250, originOf(250)],
      [301, null],
      [30_000, null],
    ] as const)
      for (const _time of [1, 2]) {
        const response = await wide.get('/v1/version', { origin: originOf(length) })
        await response.arrayBuffer()
        expect(response.headers.get('access-control-allow-origin')).toBe(allowed)
        expect(variesByOrigin(response)).toBe(true)
      }
  })

  it.each<[setting: string, origin: string]>([
    [APP, APP],
    [`https://other.example, ${APP}`, APP],
    [`${APP},https://other.example`, 'https://other.example'],
    [` ${APP} ,, `, APP],
    ['HTTPS://App.Example.COM', APP],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://example.com:8443', 'https://example.com:8443'],
    [ONE, 'https://app.example.com'],
    [ONE, 'https://a.b.c.example.com'],
    [ONE, 'https://x-1.example.com'],
    [ONE, 'https://xn--bcher-kva.example.com'],
    [`${ONE},https://example.com`, 'https://example.com'],
    ['https://*.EXAMPLE.com', 'https://app.example.com'],
    ['https://*.example.com:8443', 'https://app.example.com:8443'],
    ['http://*.example.com', 'http://app.example.com'],
    [`${APP},tauri://localhost`, APP],
    [`${APP},tauri://localhost`, 'tauri://localhost'],
    ['null', 'null'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('"%s" allows %s, and Vary reports it to caches', async (setting, origin) => {
    const response = await testApp({ ALLOWED_ORIGINS: setting }).get('/health', { origin })
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(variesByOrigin(response)).toBe(true)
  })

  it.each<[setting: string, origin: string]>([
    [APP, 'https://example.com'],
    [APP, 'http://app.example.com'],
    [APP, 'https://app.example.com:444'],
    [APP, 'https://app.example.com.evil.example'],
    [APP, 'https://xapp.example.com'],
    [APP, 'https://app-example.com'],
    [APP, 'https://app.example.co'],
    [APP, 'null'],
    [APP, '*'],
    [APP, ''],
    ['https://example.com:8443', 'https://example.com'],
    [ONE, 'https://example.com'],
    [ONE, 'https://evilexample.com'],
    [ONE, 'https://example.com.evil.example'],
    [ONE, 'https://app.example.com.evil.example'],
    [ONE, 'https://app.example.comevil'],
    [ONE, 'http://app.example.com'],
    [ONE, 'https://app.example.com:8443'],
    [ONE, 'https://.example.com'],
    [ONE, 'https://a..example.com'],
    [ONE, 'https://*.example.com'],
    [ONE, 'https://evil.example/.example.com'],
    [ONE, 'https://evil.example?.example.com'],
    [ONE, 'https://evil.example#.example.com'],
    [ONE, 'https://evil.example:1.example.com'],
    [ONE, 'https://user@app.example.com'],
    [ONE, 'https://evil.example\\.example.com'],
    [ONE, 'https:///app.example.com'],
    [ONE, 'xhttps://app.example.com'],
    ['https://*.example.com:8443', 'https://app.example.com'],
    ['https://*.b.example.com', 'https://a.example.com'],
  ])('"%s" refuses %s, which gets the body without CORS headers', async (setting, origin) => {
    const response = await testApp({ ALLOWED_ORIGINS: setting }).get('/health', { origin })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ok' })
    expect(corsHeaders(response)).toEqual([])
    expect(variesByOrigin(response)).toBe(true)
  })

  it('"*" allows all in the same way, so that caches need not distinguish them', async () => {
    for (const headers of [{ origin: APP }, { origin: 'null' }, { origin: 'https://any.example' }]) {
      const response = await testApp({ ALLOWED_ORIGINS: '*' }).get('/health', headers)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(variesByOrigin(response)).toBe(false)
    }
  })

  it('"*" among others still allows all', async () => {
    const response = await testApp({ ALLOWED_ORIGINS: `${APP},*` }).get('/health', { origin: 'https://any.example' })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  it.each([undefined, '', ' '])('if unset (%j) allows none', async (setting) => {
    const response = await testApp({ ALLOWED_ORIGINS: setting }).get('/health', { origin: APP })
    expect(response.status).toBe(200)
    expect(corsHeaders(response)).toEqual([])
  })

  it.each(['example.com', 'https://'])('with only an invalid entry ("%s") allows none', async (setting) => {
    const response = await testApp({ ALLOWED_ORIGINS: setting }).get('/health', { origin: APP })
    expect(response.status).toBe(200)
    expect(corsHeaders(response)).toEqual([])
  })

  it('with an invalid entry allows the rest', async () => {
    const response = await testApp({ ALLOWED_ORIGINS: `not an origin,${APP}` }).get('/health', { origin: APP })
    expect(response.headers.get('access-control-allow-origin')).toBe(APP)
  })

  it('also sets Vary on responses to requests without an origin', async () => {
    expect(variesByOrigin(await app.get('/v1/manifest'))).toBe(true)
  })
})

describe('an allowed origin', () => {
  it.each<[status: number, path: string, headers?: Record<string, string>]>([
    [200, '/v1/manifest'],
    [200, '/v1/models?limit=1'],
    [200, '/v1/status'],
    [200, '/openapi.json'],
    [304, '/v1/manifest', { 'if-none-match': '*' }],
    [400, '/v1/models?limit=0'],
    [404, '/v1/models/acme/nothing'],
    [404, '/v1/nothing'],
  ])('may read a %i: %s', async (status, path, headers) => {
    const response = await app.get(path, { origin: APP, ...headers })
    expect(response.status).toBe(status)
    expect(response.headers.get('access-control-allow-origin')).toBe(APP)
  })

  it('may read a 401, a 405 and a 503', async () => {
    const closed = testApp({ ALLOWED_ORIGINS: APP, READ_TOKEN: 'reader-0123456789' })
    const misconfigured = testApp({ ALLOWED_ORIGINS: APP, READ_TOKEN: 'short' })
    const responses = [
      await closed.get('/v1/manifest', { origin: APP }),
      await app.send('POST', '/v1/manifest', { headers: { origin: APP } }),
      await misconfigured.get('/v1/manifest', { origin: APP }),
    ]
    expect(responses.map(({ status }) => status)).toEqual([401, 405, 503])
    for (const { headers } of responses) expect(headers.get('access-control-allow-origin')).toBe(APP)
  })

  it('sees the headers of the contract', async () => {
    const response = await app.get('/v1/models', { origin: APP })
    const exposed = (response.headers.get('access-control-expose-headers') ?? '').toLowerCase().split(/,\s*/)
    const all = ['content-location', 'etag', 'link', 'retry-after', 'x-registry-version', 'x-total-count']
    expect(exposed.toSorted()).toEqual(all)
  })

  it('is never allowed credentials of the browser', async () => {
    const response = await app.get('/v1/models', { origin: APP })
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

describe('a preflight', () => {
  const ask = (origin: string) => ({
    origin,
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization, if-none-match',
  })
  const listed = (response: Response, name: string) =>
    (response.headers.get(name) ?? '').toLowerCase().split(/,\s*/).toSorted()

  it.each(['/v1/manifest', '/v1/models/acme/one', '/v1/models/search', '/health', '/openapi.json', '/v1/versions'])(
    'for %s lets an allowed origin read with a token and an etag',
    async (path) => {
      const response = await app.send('OPTIONS', path, { headers: ask(APP) })
      expect([200, 204]).toContain(response.status)
      expect(response.headers.get('access-control-allow-origin')).toBe(APP)
      expect(listed(response, 'access-control-allow-methods')).toEqual(expect.arrayContaining(['get', 'head']))
      expect(listed(response, 'access-control-allow-methods')).not.toContain('post')
      expect(listed(response, 'access-control-allow-headers')).toEqual(
        expect.arrayContaining(['authorization', 'if-none-match']),
      )
      expect(variesByOrigin(response)).toBe(true)
    },
  )

  it.each(['content-type', 'baggage, sentry-trace', 'X-Anything'])(
    'allows the requested headers: %s',
    async (names) => {
      const headers = { ...ask(APP), 'access-control-request-headers': names }
      const response = await app.send('OPTIONS', '/v1/manifest', { headers })
      expect(response.headers.get('access-control-allow-headers')).toBe(names)
      expect(response.headers.get('vary')).toContain('Access-Control-Request-Headers')
    },
  )

  it('allows everything if all origins are allowed', async () => {
    const response = await testApp({ ALLOWED_ORIGINS: '*' }).send('OPTIONS', '/v1/manifest', { headers: ask(APP) })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('of a refused origin gets no CORS headers', async () => {
    const response = await app.send('OPTIONS', '/v1/manifest', { headers: ask('https://evil.example') })
    expect([200, 204]).toContain(response.status)
    expect(corsHeaders(response)).toEqual([])
    expect(variesByOrigin(response)).toBe(true)
  })
})

describe('administration', () => {
  it.each<[method: string, path: string, headers?: Record<string, string>]>([
    ['POST', '/v1/admin/refresh', BEARER],
    ['POST', '/v1/admin/pulls', BEARER],
    ['POST', '/v1/admin/pulls?unknown=1', BEARER],
    ['POST', '/v1/admin/refresh'],
    ['GET', '/v1/admin/pulls', BEARER],
    ['GET', '/v1/admin/refresh', BEARER],
    ['GET', '/v1/admin/nothing', BEARER],
    ['GET', '/v1/admin/nothing'],
    ['GET', '/v1/admin', BEARER],
    ['OPTIONS', '/v1/admin/refresh', { 'access-control-request-method': 'POST' }],
    ['OPTIONS', '/v1/admin/pulls', { 'access-control-request-method': 'GET' }],
    ['OPTIONS', '/v1/admin/nothing', { 'access-control-request-method': 'GET' }],
  ])('has no CORS headers: %s %s', async (method, path, headers = {}) => {
    for (const setting of [APP, '*']) {
      const response = await testApp({ ALLOWED_ORIGINS: setting }).send(method, path, {
        headers: { origin: APP, ...headers },
      })
      expect(corsHeaders(response)).toEqual([])
    }
  })
})
