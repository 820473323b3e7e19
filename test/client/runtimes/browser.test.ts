import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { bundleForBrowser } from '../../../scripts/checks/bundle.ts'
import { findChromium, startChromium } from '../../../scripts/screenshots/chromium.ts'
import { type FakeRegistry, sendText } from '../../support/client/fake-registry.ts'
import { startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered } from '../../support/client/published-versions.ts'

const executable = findChromium()
const FULL =
  "for (let size = 1e6; size >= 1; size /= 10) try { for (;;) localStorage.setItem(Math.random(), 'x'.repeat(size)) } catch {}"

interface Told {
  data?: unknown
  error?: string
  cached: boolean
  stale: boolean
}

describe.runIf(executable)(executable ? 'in Chromium' : 'in Chromium: left out, because none is installed', () => {
  let browser: Browser
  let script = ''
  let fake: FakeRegistry
  let page: Page

  beforeAll(async () => {
    browser = await startChromium(executable ?? '')
    const bundle = await bundleForBrowser(
      `import { createRegistry } from '@rttnd/llm'
      window.connect = (options) => (window.registry = createRegistry({ retry: 0, ...options }))
      window.read = async (options) => {
        const { data, error, cached, stale } = await registry.getManifest(options)
        return { data, error: error?.name, cached, stale }
      }`,
      inject('app'),
    )
    script = bundle.text
  }, 60_000)
  afterAll(() => browser?.close())

  beforeEach(async () => {
    fake = await startFake()
    fake.misbehave = servePages
    const context = await browser.newContext()
    page = await context.newPage()
    return () => context.close()
  })

  function servePages(path: string, response: Parameters<FakeRegistry['misbehave']>[1]): boolean {
    if (path === '/sandboxed') response.setHeader('content-security-policy', 'sandbox allow-scripts')
    if (path === '/client.js') return sendText(response, script, 'text/javascript')
    const isPage = !path.startsWith('/v1/')
    return isPage && sendText(response, '<!doctype html><script type="module" src="/client.js"></script>', 'text/html')
  }

  /** Opens a page and a client in it, of the registry on the same origin unless the options name another. */
  async function open(url = `${fake.url}/`, options: object = {}): Promise<void> {
    await page.goto(url)
    await page.evaluate(`void connect(${JSON.stringify({ baseUrl: fake.url, ...options })})`)
    fake.takeAsked()
  }
  const read = (options = ''): Promise<Told> => page.evaluate(`read(${options})`)
  /** Without the icon, for which browsers ask when they like. */
  const asked = () => fake.asked.filter((path) => path.startsWith('/v1/'))
  const current = () => fake.current.manifest

  it('keeps the manifest in localStorage, from which the next page answers', async () => {
    await open()
    expect(await read()).toEqual({ data: current(), error: undefined, cached: false, stale: false })
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([`llm-registry:${fake.url}`])
    await open()
    expect(await read()).toEqual({ data: current(), error: undefined, cached: true, stale: false })
    expect(asked()).toEqual([])
  })

  it('drops what was changed in localStorage', async () => {
    await open()
    await read()
    await page.evaluate(
      `localStorage.setItem('llm-registry:${fake.url}', localStorage.getItem('llm-registry:${fake.url}').replace('acme-one', 'acme-two'))`,
    )
    await open()
    expect(await read()).toMatchObject({ data: current(), cached: false })
  })

  it('goes on in memory when localStorage is full', async () => {
    await open()
    await page.evaluate(FULL)
    expect(await read()).toMatchObject({ data: current(), error: undefined, cached: false })
    expect(await read()).toMatchObject({ data: current(), cached: true, stale: false })
    expect(await page.evaluate(`localStorage.getItem('llm-registry:${fake.url}')`)).toBe(null)
  })

  it('goes on in memory where localStorage is forbidden, on another origin', async () => {
    await open(`${fake.url}/sandboxed`)
    expect(await page.evaluate('(() => { try { localStorage } catch (error) { return error.name } })()')).toBe(
      'SecurityError',
    )
    expect(await read()).toMatchObject({ data: current(), error: undefined })
    expect(await read()).toMatchObject({ data: current(), cached: true })
  })

  it('fetches the manifest whole, and stores none, on a page without WebCrypto', async () => {
    await open(fake.url.replace('127.0.0.1', 'plain.test'))
    expect(await page.evaluate('typeof crypto.subtle')).toBe('undefined')
    expect(await read()).toMatchObject({ data: current(), error: undefined })
    fake.commit(catalogue([numbered(2)]))
    expect(await read('{ forceRefresh: true }')).toMatchObject({ data: current(), cached: false })
    expect(asked().filter((path) => path.startsWith('/v1/diff'))).toEqual([])
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([])
  })

  it('is not led astray by the cache of the browser', async () => {
    fake.misbehave = (path, response) => {
      response.setHeader('cache-control', 'public, max-age=60, stale-while-revalidate=600')
      return servePages(path, response)
    }
    await open()
    await read()
    for (const number of [2, 3, 4]) {
      fake.commit(catalogue([numbered(number), numbered(number, 'acme-two')]))
      expect(await read('{ forceRefresh: true }')).toMatchObject({ data: current(), stale: false })
    }
  })

  it('serves the last good manifest offline, also to the next page', async () => {
    await open(undefined, { autoRefreshInterval: 1 })
    await read()
    await page.context().setOffline(true)
    // A refresh that the timer began before the network went may still end well, and who asks meanwhile shares it.
    await expect
      .poll(() => read('{ forceRefresh: true }'), { timeout: 10_000 })
      .toMatchObject({ data: current(), cached: true, stale: true })
    await page.evaluate(`registry.destroy(); void connect({ baseUrl: '${fake.url}', autoRefreshInterval: 1 })`)
    expect(await read()).toMatchObject({ data: current(), cached: true, stale: true })
  })
})
