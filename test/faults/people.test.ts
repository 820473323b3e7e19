/** Faults that users see: in pages, in the login of a private registry, and in the cost of requests. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Service, startService } from '../support/faults/service.ts'
import { type Bindings, ORIGIN, type TestApp, testApp } from '../support/http/registry-app.ts'
import { MINUTE, READ_TOKEN } from '../support/registry/opened-registry.ts'

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => vi.restoreAllMocks())

const HTML = { accept: 'text/html' }
/** Pages that need only content, which the tiers have. */
const OF_CONTENT = ['/providers', '/providers/acme', '/compare?m=acme/two', '/charts']
const ALL = [...OF_CONTENT, '/', '/models/acme/two', '/versions', '/changes', '/status', '/cost']
const USAGE = { prompt_tokens: 1000, completion_tokens: 10 }

const unreachable = new Proxy({}, { get: () => () => Promise.reject(new Error('The object is overloaded')) })
const CUT_OFF = { REGISTRY_DO: { getByName: () => unreachable } }
const broken = { fetch: () => Promise.reject(new Error('No assets')) }

async function expectPages(app: TestApp, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const response = await app.get(path, HTML)
    expect(response.status, path).toBe(200)
    expect(await response.text(), path).toContain('</html>')
  }
}

const priceOf = (app: TestApp, model = 'acme/two'): Promise<Response> =>
  app.send('POST', '/v1/cost', { body: JSON.stringify([{ provider: 'acme', model, usage: USAGE }]) })

describe('pages', () => {
  it('are read from the Durable Object while KV cannot be read', async () => {
    service.kv.failing.add('get')
    await service.pass(MINUTE)
    await expectPages(service.isolate(), ALL)
    service.kv.failing.clear()
    await service.expectRecovery()
  })

  it('work without the Cache API', async () => {
    vi.spyOn(caches, 'open').mockRejectedValue(new Error('The cache is not there'))
    await expectPages(service.isolate(), ALL)
    vi.mocked(caches.open).mockRestore()
    await service.expectRecovery()
  })

  it('that need only content work while the Durable Object does not respond, and the others show an error page', async () => {
    // Otherwise pages that another isolate cached would be served.
    vi.spyOn(caches, 'open').mockRejectedValue(new Error('The cache is not there'))
    const cutOff = service.isolate(CUT_OFF)
    await expectPages(cutOff, OF_CONTENT)
    for (const path of ['/versions', '/changes', '/status']) {
      const response = await cutOff.get(path, HTML)
      expect(response.status, path).toBe(500)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(await response.text(), path).toContain('</html>')
    }
    vi.mocked(caches.open).mockRestore()
    await service.expectRecovery()
  })

  it('are unstyled while their style and script cannot be read', async () => {
    await expectPages(service.isolate({ ASSETS: broken }), ALL)
  })
})

describe('the login', () => {
  const closed = (bindings: Bindings = {}): TestApp => testApp({ READ_TOKEN }, { REGISTRY: service.kv, ...bindings })
  const logIn = (app: TestApp, token: string): Promise<Response> =>
    app.send('POST', '/login', { headers: { ...HTML, origin: ORIGIN }, body: String(new URLSearchParams({ token })) })

  it('works while the limiter, KV and the Durable Object do not respond, and still refuses a wrong token', async () => {
    const limiter = { limit: () => Promise.reject(new Error('The limiter is not there')) }
    service.kv.failing.add('get')
    const app = closed({ ...CUT_OFF, AUTH_LIMITER: limiter })
    expect((await logIn(app, READ_TOKEN)).status).toBe(303)
    expect((await logIn(app, 'a-wrong-token-0123456789')).status).toBe(401)
    service.kv.failing.clear()
  })

  it('keeps a session across a restart of the object and of the isolate', async () => {
    const [cookie = ''] = ((await logIn(closed(), READ_TOKEN)).headers.get('set-cookie') ?? '').split(';')
    await service.crash()
    expect((await closed().get('/providers', { ...HTML, cookie })).status).toBe(200)
    expect((await closed().get('/providers', HTML)).status).toBe(401)
    await service.expectRecovery()
  })
})

describe('the cost of requests', () => {
  it('is answered from memory while the Durable Object does not respond, and fails if it is not in memory', async () => {
    let isCut = false
    const binding = { getByName: (name: string) => (isCut ? unreachable : env.REGISTRY_DO.getByName(name)) }
    const app = service.isolate({ REGISTRY_DO: binding })
    const before = await (await priceOf(app, 'two')).text()
    isCut = true
    expect(await (await priceOf(app, 'two')).text()).toBe(before)
    expect((await priceOf(app, 'three')).status).toBe(500)
    isCut = false
    expect((await priceOf(app, 'three')).status).toBe(200)
  })

  it('is answered while KV and the limiter fail', async () => {
    service.kv.failing.add('get')
    const limiter = { limit: () => Promise.reject(new Error('The limiter is not there')) }
    expect((await priceOf(service.isolate({ COST_LIMITER: limiter }), 'two')).status).toBe(200)
    service.kv.failing.clear()
    await service.expectRecovery()
  })
})
