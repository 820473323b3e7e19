import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadRoutes, routes } from '../../src/http/routes.ts'
import { readFieldErrors, readProblem } from '../support/http/problem-body.ts'
import { BEARER, type TestApp, testApp } from '../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../support/rows.ts'

const READER = 'reader-0123456789'
const APP = 'https://app.example.com'
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const asReader = bearer(READER)

let app: TestApp = testApp()
let version = ''

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  app = testApp({ READ_TOKEN: READER, ALLOWED_ORIGINS: APP })
})
beforeAll(async () => {
  const pull = recordedPull([aaRow({ slug: 'one' })], { fetchedAt: '2025-03-01T02:00:00.000Z' })
  version = (await testApp().take(pull)).version ?? ''
})
afterEach(() => vi.restoreAllMocks())

const READS = (await loadRoutes(routes))
  .filter(({ method, path }) => method === 'GET' && !path.startsWith('/v1/admin') && path !== '/health')
  .map(({ path }) => path.replace(':provider', 'acme').replace(/:value(\{[^}]*\})?/, 'one'))
  .map((path) => path.replace(':version', '00000000'))

describe('READ_TOKEN', () => {
  it.each(READS)('closes GET %s to who has no token, another token or another scheme', async (path) => {
    for (const headers of [{}, bearer('0123456789-reader'), { authorization: `Basic ${btoa(`x:${READER}`)}` }]) {
      const response = await app.get(path, headers)
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer\b/)
      await readProblem(response, 'unauthorized')
    }
  })

  it.each(READS)('opens GET %s to who has it, and to administrators', async (path) => {
    for (const headers of [asReader, BEARER])
      expect([200, 302, 400, 404]).toContain((await app.get(path, headers)).status)
  })

  it('does not apply to /health', async () => {
    expect((await app.get('/health')).status).toBe(200)
  })

  it('applies to missing paths, wrong methods and HEAD too', async () => {
    await readProblem(await app.get('/v1/nothing'), 'unauthorized')
    await readProblem(await app.send('POST', '/v1/manifest'), 'unauthorized')
    expect((await app.send('HEAD', '/v1/manifest')).status).toBe(401)
    await readProblem(await app.get('/v1/nothing', asReader), 'not-found')
    await readProblem(await app.send('POST', '/v1/manifest', { headers: asReader }), 'method-not-allowed')
    expect((await app.send('HEAD', '/v1/manifest', { headers: asReader })).status).toBe(200)
  })

  it('does not reveal to clients without it whether a copy is current', async () => {
    await readProblem(await app.get('/v1/manifest', { 'if-none-match': '*' }), 'unauthorized')
  })

  it.each<[setting: string, tokens: string[]]>([
    [`${READER},another-0123456789`, [READER, 'another-0123456789']],
    [`web:${READER}, app:another-0123456789`, [READER, 'another-0123456789']],
  ])('may be several: "%s"', async (setting, tokens) => {
    const several = testApp({ READ_TOKEN: setting })
    for (const token of tokens) expect((await several.get('/v1/manifest', bearer(token))).status).toBe(200)
    expect((await several.get('/v1/manifest', bearer(setting))).status).toBe(401)
  })

  it('is never read from the query', async () => {
    expect(await readFieldErrors(await app.get(`/v1/manifest?token=${READER}`, asReader))).toEqual(['token'])
    expect((await app.get(`/v1/manifest?token=${READER}`)).status).toBeOneOf([400, 401])
  })

  it('lets browsers ask before they send it', async () => {
    const preflight = { origin: APP, 'access-control-request-method': 'GET' }
    const response = await app.send('OPTIONS', '/v1/manifest', {
      headers: { ...preflight, 'access-control-request-headers': 'authorization' },
    })
    expect([200, 204]).toContain(response.status)
    expect(response.headers.get('access-control-allow-origin')).toBe(APP)
    expect(response.headers.get('access-control-allow-headers')).toMatch(/authorization/i)
  })

  it('works where administration is disabled or misconfigured', async () => {
    for (const setting of [undefined, 'short']) {
      const closed = testApp({ READ_TOKEN: READER, ADMIN_TOKEN: setting })
      expect((await closed.get('/v1/manifest', asReader)).status).toBe(200)
      expect((await closed.get('/v1/manifest')).status).toBe(401)
      expect((await closed.get('/v1/manifest', bearer('short'))).status).toBe(401)
    }
  })

  it('limits attempts with a wrong token, but not its holders', async () => {
    const from = { 'cf-connecting-ip': '192.0.2.1' }
    let last = 0
    for (let tries = 0; tries < 30; tries++)
      last = (await app.get('/v1/manifest', { ...from, ...bearer('0123456789-reader') })).status
    expect(last).toBe(429)
    expect((await app.get('/v1/manifest', { ...from, ...asReader })).status).toBe(200)
    expect((await app.get('/health', from)).status).toBe(200)
  })
})

describe('a private answer', () => {
  it.each<[path: () => string, ages: string]>([
    [() => '/v1/manifest', 'max-age=60, stale-while-revalidate=600, stale-if-error=604800'],
    [() => '/v1/models?sort=-iq', 'max-age=60, stale-while-revalidate=600, stale-if-error=604800'],
    [() => `/v1/manifest?version=${version}`, 'max-age=31536000, immutable'],
    [() => `/v1/models/acme/one?version=${version}`, 'max-age=31536000, immutable'],
    [() => '/v1/manifest?at=2025-03-01T02:00:00Z', 'max-age=31536000, immutable'],
  ])('is private, for as long as a public one: %s', async (path, ages) => {
    for (const headers of [asReader, BEARER, { ...asReader, 'if-none-match': '*' }]) {
      const response = await app.get(path(), headers)
      expect(response.headers.get('cache-control')).toBe(`private, ${ages}`)
    }
  })

  it('never touches the Cache API, which is shared', async () => {
    const open = vi.spyOn(caches, 'open')
    const put = vi.spyOn(Cache.prototype, 'put')
    for (const path of ['/v1/manifest', '/v1/models', '/v1/models/acme/one', '/v1/versions', '/docs', '/v1/diff'])
      for (const query of ['', `?version=${version}`]) await app.get(path + query, asReader)
    expect(open).not.toHaveBeenCalled()
    expect(put).not.toHaveBeenCalled()

    const pulled = testApp()
    await pulled.get('/v1/manifest')
    expect(open).toHaveBeenCalled()
  })

  it('of a registry that became private does not come from the shared cache', async () => {
    await testApp({ READ_TOKEN: undefined }).get('/v1/manifest')
    const match = vi.spyOn(Cache.prototype, 'match')
    expect((await app.get('/v1/manifest', asReader)).status).toBe(200)
    expect(match).not.toHaveBeenCalled()
  })
})

describe('a READ_TOKEN that is not usable', () => {
  const BAD = ['short', 'web:short', `${READER},short`, 'web:', ',', ' ', ' , ,']

  it.each(BAD)('("%s") is accepted from no one', async (setting) => {
    const misconfigured = testApp({ READ_TOKEN: setting })
    for (const headers of [{}, bearer('short'), bearer(setting.trim()), { authorization: 'Bearer ' }])
      for (const path of ['/v1/manifest', '/v1/models', '/docs', '/v1/nothing']) {
        const response = await misconfigured.get(path, headers)
        const { detail } = await readProblem(response, 'configuration')
        expect(detail).toContain('READ_TOKEN')
        expect(detail).not.toContain('short ')
      }
    expect((await misconfigured.get('/health')).status).toBe(200)
  })

  it.each(BAD)('("%s") still admits administrators, privately', async (setting) => {
    const response = await testApp({ READ_TOKEN: setting }).get('/v1/manifest', BEARER)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toMatch(/^private,/)
  })
})

describe('without READ_TOKEN', () => {
  it.each([undefined, ''])('(%j) reads are public, also with a token', async (setting) => {
    const open = testApp({ READ_TOKEN: setting })
    for (const headers of [{}, asReader, { authorization: 'nonsense' }]) {
      const response = await open.get('/v1/manifest', headers)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toMatch(/^public,/)
    }
  })
})
