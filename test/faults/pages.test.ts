/** Pages while something is broken: they show their content if it can be read, and otherwise what is wrong. */
import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Service, startService } from '../support/faults/service.ts'
import { BEARER, type TestApp, testApp } from '../support/http/registry-app.ts'
import { partsOf } from '../support/registry/backup-lines.ts'

const HTML = { accept: 'text/html' }
const OF_A_VERSION = ['/', '/models/acme/two', '/compare?m=acme/two&m=acme/three', '/providers', '/providers/acme']
const PAGES = [...OF_A_VERSION, '/changes', '/versions', '/charts', '/cost', '/status', '/docs']

/** An app without READ_TOKEN, although the object has one. */
const openApp = () => testApp({ READ_TOKEN: undefined })

afterEach(() => vi.restoreAllMocks())

async function read(app: TestApp, path: string): Promise<{ status: number; html: string; headers: Headers }> {
  const response = await app.get(path, HTML)
  const html = await response.text()
  expect(html, path).toMatch(/^<!doctype html>/)
  return { status: response.status, html, headers: response.headers }
}

describe('while KV is gone', () => {
  it('every page is read from the Durable Object', async () => {
    const service: Service = await startService()
    service.kv.failing.add('get').add('put')
    for (const path of PAGES) expect((await read(service.isolate(), path)).status, path).toBe(200)
  })
})

describe('while the Durable Object is gone', () => {
  it('pages of the current version are read from KV, and the others show that the registry failed', async () => {
    const service = await startService()
    const unreachable = new Proxy({}, { get: () => () => Promise.reject(new Error('The object is overloaded')) })
    const app = service.isolate({ REGISTRY_DO: { getByName: () => unreachable } })
    for (const path of PAGES) {
      const { status, html } = await read(app, path)
      expect([200, 500], path).toContain(status)
      if (status === 500) expect(html, path).toContain('<h1>Internal error</h1>')
    }
    for (const path of ['/compare?m=acme/two&m=acme/three', '/providers', '/providers/acme', '/charts', '/docs'])
      expect((await read(app, path)).status, path).toBe(200)
  })
})

describe('an empty registry', () => {
  it('shows that it is empty on every page, and when to retry', async () => {
    await reset()
    for (const path of OF_A_VERSION) {
      const { status, html, headers } = await read(openApp(), path)
      expect(status, path).toBe(503)
      expect(html, path).toMatch(/<h1>[^<]*empty[^<]*<\/h1>/i)
      expect(headers.get('retry-after')).toBe('30')
    }
    expect((await read(openApp(), '/status')).html).toContain('The registry is empty')
  })
})

describe('a registry that is being restored', () => {
  it('shows it on every page', async () => {
    const service = await startService()
    const backup = Buffer.from(await (await service.isolate().get('/v1/admin/export', BEARER)).arrayBuffer()).toString()
    vi.restoreAllMocks()
    await reset()
    const [first = ''] = partsOf(backup, 2)
    const app = openApp()
    const taken = await app.send('POST', '/v1/admin/import?part=1', { headers: BEARER, body: first })
    expect(taken.status, await taken.clone().text()).toBe(200)
    for (const path of OF_A_VERSION) {
      const { status, html } = await read(openApp(), path)
      expect(status, path).toBe(503)
      expect(html, path).toMatch(/<h1>[^<]*restor[^<]*<\/h1>/i)
    }
    expect((await read(openApp(), '/status')).html).toContain('restor')
  })
})
