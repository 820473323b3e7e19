import { reset } from 'cloudflare:test'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyPageRequest } from '../support/fuzz/any-page-request.ts'
import { ALLOWED_ORIGINS, anyRequest, type FuzzRequest } from '../support/fuzz/any-request.ts'
import { checkAnyAnswer } from '../support/fuzz/check-page.ts'
import { type FuzzedApp, fuzzedApp } from '../support/fuzz/fuzzed-app.ts'
import { fuzzing, fuzzTimeout } from '../support/fuzz/fuzzing.ts'
import { admin } from '../support/http/recorded-answers.ts'
import { BEARER, type TestApp, testApp } from '../support/http/registry-app.ts'
import { partsOf } from '../support/registry/backup-lines.ts'

const READ_TOKEN = 'reader-0123456789'

interface Fuzzed extends Pick<FuzzedApp, 'names' | 'operations'> {
  app: TestApp
  isClosed?: true
}

/** In every registry, a pull is held because of what it lost. */
const STATES: Record<string, () => Promise<Fuzzed>> = {
  'that is open': () => fuzzedApp({ isOverridden: true }),
  'with READ_TOKEN': async () => ({
    ...(await fuzzedApp({ isOverridden: true })),
    app: testApp({ ALLOWED_ORIGINS, READ_TOKEN }),
    isClosed: true,
  }),
  'with a pin': async () => {
    const fuzzed = await fuzzedApp()
    const pinned = await admin(fuzzed.app, 'POST', '/v1/admin/rollback', {
      version: fuzzed.names.version?.[0],
      reason: 'to have a pin',
    })
    expect(pinned.status).toBe(200)
    return fuzzed
  },
  'that is being restored': async () => {
    const fuzzed = await fuzzedApp({ isOverridden: true })
    const [first = ''] = partsOf(await (await fuzzed.app.get('/v1/admin/export', BEARER)).text(), 2)
    await reset()
    const app = testApp({ ALLOWED_ORIGINS })
    const sent = await app.send('POST', '/v1/admin/import?part=1', { headers: BEARER, body: first })
    expect(sent.status, await sent.clone().text()).toBe(200)
    return { ...fuzzed, app }
  },
}

async function send({ app, isClosed = undefined }: Fuzzed, request: FuzzRequest): Promise<Response> {
  const { method, url, headers, body } = request
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }
  const response = await app.send(method, url, { headers, ...init })
  await checkAnyAnswer(request, response, { isClosed: isClosed === true })
  return response
}

describe.each(Object.entries(STATES))('a registry %s', (_, begin) => {
  it('keeps its promises for any request for a page', { timeout: fuzzTimeout() }, async () => {
    const fuzzed = await begin()
    await fc.assert(
      fc.asyncProperty(anyPageRequest(fuzzed.names), async (request) => void (await send(fuzzed, request))),
      fuzzing(250),
    )
  })

  it('keeps its promises for any read and any cost request', { timeout: fuzzTimeout() }, async () => {
    const fuzzed = await begin()
    const readings = fuzzed.operations.filter(({ method, path }) => method === 'GET' || path === '/v1/cost')
    const anyRead = fc
      .oneof(...readings.map((operation) => anyRequest(operation, fuzzed.names)))
      // Requests that may change the state are left out.
      .filter(({ method, url }) => method !== 'DELETE' && (!url.startsWith('/v1/admin') || method === 'GET'))
    await fc.assert(
      fc.asyncProperty(anyRead, async (request) => void (await send(fuzzed, request))),
      fuzzing(200),
    )
  })
})

describe('a registry with READ_TOKEN', () => {
  it('shows nothing about its models without the token, for any request', { timeout: fuzzTimeout() }, async () => {
    const fuzzed = {
      ...(await fuzzedApp({ isOverridden: true })),
      app: testApp({ READ_TOKEN }),
      isClosed: true as const,
    }
    const anyStranger = anyPageRequest(fuzzed.names).filter(
      ({ headers, method }) => headers.authorization === undefined && method !== 'POST',
    )
    await fc.assert(
      fc.asyncProperty(anyStranger, async (request) => {
        const response = await send(fuzzed, request)
        expect(response.headers.get('etag') !== null && !request.url.startsWith('/assets/')).toBe(false)
        if (response.status === 200) expect(request.url).toMatch(/^\/(login|logout|robots\.txt|assets\/)/)
      }),
      fuzzing(150),
    )
  })
})
