import { beforeAll, describe, expect, it } from 'vitest'
import { loadRoutes, routes } from '../../src/http/routes.ts'
import { readProblem } from '../support/http/problem-body.ts'
import { BEARER, testApp } from '../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../support/rows.ts'

const READS = [
  '/health',
  '/docs',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-bundle.js',
  '/openapi.json',
  '/v1/status',
  '/v1/manifest',
  '/v1/version',
  '/v1/versions',
  '/v1/diff',
  '/v1/providers',
  '/v1/providers/acme',
  '/v1/providers/acme/models',
  '/v1/models',
  '/v1/models/search',
  '/v1/models/acme/one',
  '/v1/models/acme/one/history',
]
const READ_METHODS = ['GET', 'HEAD', 'OPTIONS']

const app = testApp({ ALLOWED_ORIGINS: 'https://app.example.com' })
const ORIGIN = { origin: 'https://app.example.com' }
const allowed = (response: Response) => (response.headers.get('allow') ?? '').split(/,\s*/).toSorted()

beforeAll(async () => {
  await app.take(recordedPull([aaRow({ slug: 'one' })], { fetchedAt: '2025-03-01T02:00:00.000Z' }))
})

describe('HEAD', () => {
  const QUERIES = ['/v1/manifest?at=2025-03-01', '/v1/models?sort=-iq&limit=1']
  const BAD = ['/v1/models/acme/nothing', '/v1/models?limit=0', '/v1/nothing', '/v1/manifest?version=00000000']

  it.each([...READS, ...QUERIES, ...BAD])('%s returns the same as GET, without the body', async (path) => {
    const get = await app.get(path, ORIGIN)
    const head = await app.send('HEAD', path, { headers: ORIGIN })
    expect(head.status).toBe(get.status)
    expect([...head.headers]).toEqual([...get.headers])
    expect(await head.text()).toBe('')
  })

  it('honours If-None-Match', async () => {
    const head = await app.send('HEAD', '/v1/manifest', { headers: { 'if-none-match': '*' } })
    expect(head.status).toBe(304)
  })
})

describe('OPTIONS', () => {
  it.each(READS)('%s without an origin returns the methods', async (path) => {
    const response = await app.send('OPTIONS', path)
    expect([200, 204]).toContain(response.status)
    expect(await response.text()).toBe('')
    expect(allowed(response)).toEqual(READ_METHODS)
  })

  it('returns the methods of administration', async () => {
    expect(allowed(await app.send('OPTIONS', '/v1/admin/refresh'))).toEqual(['OPTIONS', 'POST'])
    expect(allowed(await app.send('OPTIONS', '/v1/admin/pulls'))).toEqual(expect.arrayContaining(['POST', 'OPTIONS']))
  })

  it('of an unknown path is a 404', async () => {
    await readProblem(await app.send('OPTIONS', '/v1/nothing'), 'not-found')
  })
})

describe('a wrong method', () => {
  it.each(READS)('on %s is a 405 that lists the right ones', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await app.send(method, path)
      expect(allowed(response)).toEqual(READ_METHODS)
      await readProblem(response, 'method-not-allowed')
    }
  })

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('on administration is also a 405: %s /v1/admin/refresh', async (method) => {
    const response = await app.send(method, '/v1/admin/refresh', { headers: BEARER })
    expect(response.status).toBe(405)
    expect(allowed(response)).toEqual(['OPTIONS', 'POST'])
  })

  it('is a 405 on every route', async () => {
    for (const { path } of await loadRoutes(routes)) {
      const url = path.replace(/:id\{[^}]*\}/g, '1').replace(/:\w+(\{[^}]*\})?/g, 'x')
      const response = await app.send('PATCH', url, { headers: BEARER })
      expect(response.status, url).toBe(405)
      expect(allowed(response), url).toContain('OPTIONS')
    }
  })

  it('is reported before errors in the query', async () => {
    await readProblem(await app.send('POST', '/v1/models?limit=0'), 'method-not-allowed')
  })

  it('on an unknown path is a 404', async () => {
    await readProblem(await app.send('POST', '/v1/nothing'), 'not-found')
  })
})

describe('an unknown path', () => {
  it.each([
    '/nothing',
    '/v1',
    '/v1/',
    '/v2/manifest',
    '/v1/administrators',
    '/v1/manifest/',
    '/V1/manifest',
    '/v1/Manifest',
    '/v1/manifest/acme',
    '/v1/providers/acme/models/one',
    '/v1/providers//models',
    '/v1/models/acme/',
    '/v1//manifest',
    '/health/',
    '/docs/',
    '/docs/nothing.js',
    '/docs/../src/index.ts',
    '/docs/..%2f..%2fpackage.json',
    '/%zz',
    '/%',
    '/%ff',
    '/__proto__',
  ])('%s is a 404', async (path) => {
    await readProblem(await app.get(path), 'not-found')
  })
})
