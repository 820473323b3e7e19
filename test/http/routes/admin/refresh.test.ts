import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Outcome, RegistryStatus } from '../../../../src/core/schema/operations.ts'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import { BEARER, configureObject, testApp } from '../../../support/http/registry-app.ts'
import { aaPages, aaRow, type Facts } from '../../../support/rows.ts'

const KEY = 'made-up-key-of-artificial-analysis'
const rowsOf = (count: number): Facts[] => Array.from({ length: count }, (_, number) => aaRow({ slug: `m${number}` }))

let app = testApp()
const refresh = (query = ''): Promise<Response> => app.send('POST', `/v1/admin/refresh${query}`, { headers: BEARER })

beforeEach(async () => {
  await reset()
  await configureObject({ AA_API_KEY: KEY, AA_TIER: undefined, AA_BASE_URL: undefined, IQ_THRESHOLDS: undefined })
  app = testApp()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())

/** Makes Artificial Analysis return these rows from now on. */
function serve(rows: Facts[]) {
  const pages = aaPages(rows, { pageSize: 2 })
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const page = Number(new URL(String(input)).searchParams.get('page'))
    return Response.json(pages[page - 1])
  })
}

const serveResponse = (status: number, headers?: HeadersInit, body = 'no') =>
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(body, { status, headers }))

const readOutcome = async (response: Response): Promise<Outcome> => {
  expect(response.status, await response.clone().text()).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('etag')).toBeNull()
  return Outcome.strict().parse(await response.json())
}

describe('POST /v1/admin/refresh', () => {
  it('pulls every page and reports what was committed', async () => {
    const fetch = serve(rowsOf(5))
    const outcome = await readOutcome(await refresh())
    expect(outcome).toMatchObject({ outcome: 'committed', changes: { added: 5, removed: 0, changed: 0 } })
    expect(outcome.seq).toBeTypeOf('number')
    expect(fetch).toHaveBeenCalledTimes(3)
  })

  it('is immediately visible to the isolate that made it', async () => {
    serve(rowsOf(2))
    const first = await readOutcome(await refresh())
    expect((await app.get('/v1/manifest')).headers.get('x-registry-version')).toBe(first.version)
    serve(rowsOf(3))
    const second = await readOutcome(await refresh())
    expect(second.version).not.toBe(first.version)
    for (const path of ['/v1/manifest', '/v1/models', '/v1/version', '/v1/models/acme/m2'])
      expect((await app.get(path)).headers.get('x-registry-version')).toBe(second.version)
  })

  it('reports that nothing changed, and which version that is', async () => {
    serve(rowsOf(2))
    const first = await readOutcome(await refresh())
    const second = await readOutcome(await refresh())
    expect(second).toMatchObject({ outcome: 'unchanged', version: first.version, seq: first.seq })
  })

  it('reports that a pull is held, and why; ?force=true accepts it', async () => {
    serve(rowsOf(12))
    const first = await readOutcome(await refresh())
    serve(rowsOf(6))
    const held = await readOutcome(await refresh())
    expect(held.outcome).toBe('held')
    expect(held.reasons?.length).toBeGreaterThan(0)
    expect((await app.get('/v1/manifest')).headers.get('x-registry-version')).toBe(first.version)
    expect((await readOutcome(await refresh('?force=false'))).outcome).toBe('held')
    expect((await readOutcome(await refresh('?force=true'))).outcome).toBe('committed')
  })

  it.each(['?force=1', '?force=yes', '?force=TRUE', '?force', '?force=', '?force=true&force=true'])(
    'refuses %s without pulling',
    async (query) => {
      const fetch = serve(rowsOf(1))
      expect(await readFieldErrors(await refresh(query))).toEqual(['force'])
      expect(fetch).not.toHaveBeenCalled()
    },
  )
})

describe('a refresh that fails', () => {
  it.each<[what: string, fail: () => unknown, says: RegExp]>([
    ['the key is wrong', () => serveResponse(401), /AA_API_KEY/],
    ['the tier is wrong', () => serveResponse(403), /AA_TIER/],
    ['the endpoint is gone', () => serveResponse(410), /410/],
    ['the quota is used up', () => serveResponse(429, { 'retry-after': '120' }), /120/],
    ['the service is down', () => serveResponse(503), /503/],
    ['the reply is not JSON', () => serveResponse(200, {}, '<html>'), /JSON/],
    ['the network is down', () => vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no route')), /no route/],
  ])('because %s is a 502 with an outcome and a detail', async (_what, fail, says) => {
    fail()
    const response = await refresh()
    const problem = await readProblem(response, 'source-failed')
    expect(problem).toMatchObject({ outcome: 'failed', status: 502 })
    expect(problem.detail).toMatch(says)
    expect(JSON.stringify(problem)).not.toContain(KEY)
    await readProblem(await app.get('/v1/manifest'), 'empty-registry')
  })

  it('changes nothing, and is reported in the status', async () => {
    serve(rowsOf(2))
    const { version } = await readOutcome(await refresh())
    serveResponse(401)
    await readProblem(await refresh(), 'source-failed')
    expect((await app.get('/v1/manifest')).headers.get('x-registry-version')).toBe(version)
    const status = RegistryStatus.parse(await (await app.get('/v1/status')).json())
    expect(status.version).toBe(version)
    const { lastPull } = status.sources['artificial-analysis'] ?? {}
    expect(lastPull).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('AA_API_KEY') })
  })
})

describe('settings that a refresh needs', () => {
  it.each<[settings: Record<string, string | undefined>, named: string]>([
    [{ AA_API_KEY: undefined }, 'AA_API_KEY'],
    [{ AA_API_KEY: '' }, 'AA_API_KEY'],
    [{ AA_TIER: 'secret-gold' }, 'AA_TIER'],
    [{ AA_BASE_URL: 'secret://x' }, 'AA_BASE_URL'],
    [{ IQ_THRESHOLDS: 'secret,1,2,3,4' }, 'IQ_THRESHOLDS'],
  ])('%j is a configuration problem that names %s', async (settings, named) => {
    await configureObject(settings)
    const fetch = serve(rowsOf(1))
    const problem = await readProblem(await refresh(), 'configuration')
    expect(problem.detail).toContain(named)
    expect(problem.detail).not.toContain('secret')
    expect(fetch).not.toHaveBeenCalled()
  })

  it('a bad setting is named in the status and does not stop reads', async () => {
    serve(rowsOf(2))
    const { version } = await readOutcome(await refresh())
    await configureObject({ AA_TIER: 'secret-gold', IQ_THRESHOLDS: 'secret' })
    const warnings = JSON.stringify(RegistryStatus.parse(await (await app.get('/v1/status')).json()).warnings)
    expect(warnings).toContain('AA_TIER')
    expect(warnings).toContain('IQ_THRESHOLDS')
    expect(warnings).not.toContain('secret')
    const cold = await testApp().get('/v1/manifest')
    expect(cold.headers.get('x-registry-version')).toBe(version)
  })

  it('a key that a header cannot contain results in a failure that does not repeat it', async () => {
    await configureObject({ AA_API_KEY: 'secret-one\nsecret-two' })
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_url, init) =>
      Response.json([...new Headers(init?.headers)]),
    )
    const response = await refresh()
    expect(response.status).toBeOneOf([502, 503])
    expect(await response.text()).not.toContain('secret')
  })

  it('the tier and the base URL decide what is requested, and the key is sent in a header', async () => {
    await configureObject({ AA_TIER: 'pro', AA_BASE_URL: 'https://aa.example/api/v9/' })
    const fetch = serve(rowsOf(1))
    await readOutcome(await refresh())
    const [url, init] = fetch.mock.calls[0] ?? []
    expect(String(url)).toMatch(/^https:\/\/aa\.example\/api\/v9\/[a-z/]+\?page=1$/)
    expect(new Headers(init?.headers).get('x-api-key')).toBe(KEY)
  })
})
