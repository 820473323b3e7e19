import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadRoutes, routes } from '../../src/http/routes.ts'
import { readFieldErrors, readProblem } from '../support/http/problem-body.ts'
import { BEARER, type TestApp, TOKEN, testApp } from '../support/http/registry-app.ts'
import { recordedPull } from '../support/rows.ts'

const OTHER_TOKEN = 'fedcba9876543210'
const ROUTE = '/v1/admin/pulls'
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())

/** Sends a request to a route that answers an administrator that the body is missing. */
const sendEmpty = (app: TestApp, headers: Record<string, string> = {}): Promise<Response> =>
  app.send('POST', ROUTE, { headers })
const isAuthorized = async (app: TestApp, headers: Record<string, string>): Promise<boolean> => {
  const response = await sendEmpty(app, headers)
  if (response.status === 400) await readProblem(response, 'invalid-request')
  else await readProblem(response, 'unauthorized')
  return response.status === 400
}

const ADMIN_ROUTES = (await loadRoutes(routes))
  .filter(({ path }) => path.startsWith('/v1/admin'))
  .map(({ method, path }) => [method, path.replace(/:id\{[^}]*\}/, '1').replace(/:\w+(\{[^}]*\})?/g, 'x')] as const)

describe('without ADMIN_TOKEN', () => {
  it.each([undefined, ''])('(%j) administration is disabled, whatever token is sent', async (setting) => {
    const app = testApp({ ADMIN_TOKEN: setting })
    for (const headers of [{}, BEARER, { authorization: 'Bearer ' }, { authorization: 'Bearer undefined' }])
      await readProblem(await sendEmpty(app, headers), 'admin-disabled')
  })

  it('reads continue', async () => {
    expect((await testApp({ ADMIN_TOKEN: undefined }).get('/v1/status')).status).toBe(200)
  })
})

describe('an ADMIN_TOKEN that is too short', () => {
  it.each(['short-secret', '0123456789abcde', 'root:short-secret', `root:${TOKEN},ci:short-secret`, 'root:'])(
    '(%s) is a configuration problem that names the setting and reveals nothing of its value',
    async (setting) => {
      const app = testApp({ ADMIN_TOKEN: setting })
      for (const headers of [{}, BEARER, bearer('short-secret')]) {
        const response = await sendEmpty(app, headers)
        expect(await response.clone().text()).not.toMatch(/short-secret|0123456789/)
        expect((await readProblem(response, 'configuration')).detail).toContain('ADMIN_TOKEN')
      }
    },
  )

  it('does not affect reads', async () => {
    expect((await testApp({ ADMIN_TOKEN: 'short' }).get('/v1/status')).status).toBe(200)
  })
})

describe('a token', () => {
  it.each<[setting: string, tokens: string[]]>([
    [TOKEN, [TOKEN]],
    [`root:${TOKEN}`, [TOKEN]],
    [`${TOKEN},${OTHER_TOKEN}`, [TOKEN, OTHER_TOKEN]],
    [` root:${TOKEN} , ci-bot:${OTHER_TOKEN} `, [TOKEN, OTHER_TOKEN]],
    [`root:with:colons:${TOKEN}`, [`with:colons:${TOKEN}`]],
    ['root:+/=._~-punctuation', ['+/=._~-punctuation']],
  ])('of "%s" is accepted: %j', async (setting, tokens) => {
    for (const token of tokens) expect(await isAuthorized(testApp({ ADMIN_TOKEN: setting }), bearer(token))).toBe(true)
  })

  it.each(['bearer', 'BEARER', 'Bearer'])('may follow the scheme in any case: %s', async (scheme) => {
    expect(await isAuthorized(testApp(), { authorization: `${scheme} ${TOKEN}` })).toBe(true)
  })

  it.each<[what: string, headers: Record<string, string>]>([
    ['no token', {}],
    ['an empty header', { authorization: '' }],
    ['the scheme alone', { authorization: 'Bearer' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another token', bearer(OTHER_TOKEN)],
    ['a beginning of the token', bearer(TOKEN.slice(0, -1))],
    ['more than the token', bearer(`${TOKEN}0`)],
    ['the token in capitals', bearer(TOKEN.toUpperCase())],
    ['the token with its name', bearer(`root:${TOKEN}`)],
    ['the name', bearer('root')],
    ['the whole setting', bearer(`root:${TOKEN},ci:${OTHER_TOKEN}`)],
    ['no scheme', { authorization: TOKEN }],
    ['another scheme', { authorization: `Basic ${btoa(`root:${TOKEN}`)}` }],
    ['another scheme with the token', { authorization: `Token ${TOKEN}` }],
    ['two tokens', { authorization: `Bearer ${TOKEN} ${TOKEN}` }],
    ['another header', { 'x-admin-token': TOKEN }],
    ['a cookie', { cookie: `ADMIN_TOKEN=${TOKEN}` }],
  ])('is required where there is %s', async (_what, headers) => {
    const response = await sendEmpty(testApp(), headers)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer\b/)
    expect(await response.clone().text()).not.toContain(TOKEN)
    await readProblem(response, 'unauthorized')
  })

  it('for reading does not administer', async () => {
    const app = testApp({ READ_TOKEN: OTHER_TOKEN })
    expect(await isAuthorized(app, bearer(OTHER_TOKEN))).toBe(false)
  })
})

describe('the authorization of administrators', () => {
  it.each(ADMIN_ROUTES)('comes before %s %s', async (method, path) => {
    const response = await testApp().send(method, path)
    await readProblem(response, 'unauthorized')
  })

  it('comes before 404 and 405', async () => {
    await readProblem(await testApp().get('/v1/admin/nothing'), 'unauthorized')
    await readProblem(await testApp().get('/v1/admin/refresh'), 'unauthorized')
    await readProblem(await testApp().get('/v1/admin/nothing', BEARER), 'not-found')
    await readProblem(await testApp().get('/v1/admin/refresh', BEARER), 'method-not-allowed')
  })

  it('lets no pull through without a token', async () => {
    const app = testApp()
    const body = JSON.stringify(recordedPull(undefined, { fetchedAt: '2025-03-01T02:00:00.000Z' }))
    await readProblem(await app.send('POST', ROUTE, { headers: bearer(OTHER_TOKEN), body }), 'unauthorized')
    await readProblem(await app.get('/v1/manifest'), 'empty-registry')
  })

  it.each(ADMIN_ROUTES)('never accepts a token in the query, which is a bad request: %s %s', async (method, path) => {
    for (const field of ['token', 'access_token', 'ADMIN_TOKEN']) {
      const query = `?${field}=${TOKEN}`
      const withHeader = await testApp().send(method, path + query, { headers: BEARER })
      expect(await readFieldErrors(withHeader)).toEqual([field])
    }
  })

  it.each(['token', 'access_token', 'ADMIN_TOKEN', 'authorization'])(
    'answers ?%s= in place of the header with a bad request, without repeating it',
    async (field) => {
      const response = await testApp().send('POST', `/v1/admin/refresh?${field}=${TOKEN}`)
      expect(await response.clone().text()).not.toContain(TOKEN)
      expect(await readFieldErrors(response)).toEqual([field])
    },
  )

  it.each([`?${TOKEN}`, `?${TOKEN}=1`, `?${TOKEN}x`, `?root:${TOKEN}`, `?limit=1&%30${TOKEN.slice(1)}`])(
    'does not repeat what is sent as the name of a parameter and may be a token: %s',
    async (query) => {
      const app = testApp({ READ_TOKEN: TOKEN })
      for (const path of [ROUTE, '/v1/models']) {
        const response = await app.get(path + query, BEARER)
        expect(await response.clone().text()).not.toContain(TOKEN)
        expect(await readFieldErrors(response)).toEqual(['query'])
      }
    },
  )
})

describe('many attempts', () => {
  const from = (ip: string, headers: Record<string, string> = bearer(OTHER_TOKEN)) => ({
    'cf-connecting-ip': ip,
    ...headers,
  })

  async function tryMany(app: TestApp, ip: string): Promise<number[]> {
    const statuses: number[] = []
    for (let tries = 0; tries < 30; tries++) statuses.push((await sendEmpty(app, from(ip))).status)
    return statuses
  }

  it('with a wrong token are limited, with the time to wait', async () => {
    const app = testApp()
    const statuses = await tryMany(app, '192.0.2.1')
    expect(statuses[0]).toBe(401)
    expect(statuses.at(-1)).toBe(429)
    const response = await sendEmpty(app, from('192.0.2.1'))
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    await readProblem(response, 'rate-limited')
  })

  it('limit neither the right token nor clients elsewhere', async () => {
    const app = testApp()
    await tryMany(app, '192.0.2.2')
    expect(await isAuthorized(app, from('192.0.2.2', BEARER))).toBe(true)
    expect((await sendEmpty(app, from('192.0.2.3'))).status).toBe(401)
    expect((await app.get('/v1/status', { 'cf-connecting-ip': '192.0.2.2' })).status).toBe(200)
  })

  it('with the right token are not counted', async () => {
    const app = testApp()
    for (let tries = 0; tries < 30; tries++) expect(await isAuthorized(app, from('192.0.2.4', BEARER))).toBe(true)
    expect((await sendEmpty(app, from('192.0.2.4'))).status).toBe(401)
  })

  it('are all refused where there is no limiter', async () => {
    const statuses = await tryMany(testApp({}, { AUTH_LIMITER: undefined }), '192.0.2.5')
    expect(new Set(statuses)).toEqual(new Set([401]))
  })

  it('are all refused, and the right token passes, while the limiter fails, which is logged', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const limit = () => Promise.reject(new Error('The limiter is not there'))
    const app = testApp({ READ_TOKEN: 'a-token-of-readers' }, { AUTH_LIMITER: { limit } })
    await readProblem(await sendEmpty(app, bearer(OTHER_TOKEN)), 'unauthorized')
    await readProblem(await app.get('/v1/status', bearer(OTHER_TOKEN)), 'unauthorized')
    expect(await isAuthorized(app, BEARER)).toBe(true)
    expect(log).toHaveBeenCalledWith(expect.stringContaining('The limiter is not there'))
  })
})
