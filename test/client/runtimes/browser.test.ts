import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { bundleForBrowser } from '../../../scripts/checks/bundle.ts'
import { findChromium, startChromium } from '../../../scripts/screenshots/chromium.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import { type FakeRegistry, sendText } from '../../support/client/fake-registry.ts'
import { startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered } from '../../support/client/published-versions.ts'
import { model, provider } from '../../support/rows.ts'

const executable = findChromium()
const FULL =
  "for (let size = 1e6; size >= 1; size /= 10) try { for (;;) localStorage.setItem(Math.random(), 'x'.repeat(size)) } catch {}"

const inLocalStorage = { cache: 'localStorage' }

interface Reading {
  data?: unknown
  error?: string
  cached: boolean
  stale: boolean
}

/** The example, bundled as an app of its own. */
async function pickerScript(folder: string): Promise<string> {
  cpSync(fileURLToPath(new URL('../../../examples', import.meta.url)), join(folder, 'examples'), { recursive: true })
  const source = "import { mountPicker } from './examples/model-picker.ts'; globalThis.mountPicker = mountPicker"
  return (await bundleForBrowser(source, folder)).text
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
      globalThis.connect = (options) => (globalThis.registry = createRegistry({ retry: 0, ...options }))
      globalThis.read = async (options) => {
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

  /** Opens a page with a client of the registry on the same origin, unless the options name another. */
  async function open(url = `${fake.url}/`, options: object = {}): Promise<void> {
    await page.goto(url)
    await page.evaluate(`void connect(${JSON.stringify({ baseUrl: fake.url, ...options })})`)
    fake.takeAsked()
  }
  const read = (options = ''): Promise<Reading> => page.evaluate(`read(${options})`)
  /** The API requests. Browsers also request the icon, at any time. */
  const asked = () => fake.asked.filter((path) => path.startsWith('/v1/'))
  const current = () => fake.current.manifest

  const entries = (): Promise<string[]> =>
    page.evaluate(
      `caches.open('llm-registry').then((cache) => cache.keys()).then((keys) => keys.map(({ url }) => decodeURIComponent(url.slice(29))))`,
    )

  it('stores the manifest in Cache Storage, from which the next page reads', async () => {
    await open()
    expect(await read()).toEqual({ data: current(), error: undefined, cached: false, stale: false })
    expect(await entries()).toEqual([`llm-registry:${fake.url}`])
    await open()
    expect(await read()).toMatchObject({ data: current(), cached: true, stale: false })
    expect(asked()).toEqual([])
    await page.evaluate('registry.clearCache()')
    expect(await entries()).toEqual([])
  })

  it('stores an entry for each part of its providers, from which the next page reads offline', async () => {
    const other = model({ provider: 'other', value: 'other-one' })
    const content = (price: number) => ({
      providers: [provider(), provider({ value: 'other' })],
      models: [numbered(price), other],
    })
    fake.commit(content(1))
    await open(undefined, { providers: 'all' })
    expect(await read()).toMatchObject({ data: current(), cached: false })
    const before = await entries()
    expect(before).toHaveLength(3)
    fake.commit(content(2))
    expect(await read('{ forceRefresh: true }')).toMatchObject({ data: current(), cached: false })
    const after = await entries()
    expect(after).toHaveLength(3)
    expect(after.filter((entry) => before.includes(entry))).toHaveLength(2)
    await open(undefined, { providers: 'all', autoRefreshInterval: 1 })
    await page.context().setOffline(true)
    expect(await read()).toMatchObject({ data: current(), cached: true, stale: true })
    expect(await page.evaluate("registry.find('acme-one').then(({ data }) => data.pricing.input)")).toBe(2)
  })

  it('stores it in a web worker too', async () => {
    await open()
    const reading = await page.evaluate(`new Promise((resolve) => {
      const code = 'import ' + JSON.stringify(location.origin + '/client.js') + '\\n' +
        'connect({ baseUrl: ' + JSON.stringify(location.origin) + ' }); postMessage(await read())'
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' })
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => resolve({ error: message })
    })`)
    expect(reading).toMatchObject({ data: current(), cached: false })
    expect(await entries()).toHaveLength(1)
  })

  it('stores the manifest in localStorage if that is chosen', async () => {
    await open(undefined, inLocalStorage)
    expect(await read()).toEqual({ data: current(), error: undefined, cached: false, stale: false })
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([`llm-registry:${fake.url}`])
    await open(undefined, inLocalStorage)
    expect(await read()).toEqual({ data: current(), error: undefined, cached: true, stale: false })
    expect(asked()).toEqual([])
  })

  it('discards an entry that was altered in localStorage', async () => {
    await open(undefined, inLocalStorage)
    await read()
    await page.evaluate(
      `localStorage.setItem('llm-registry:${fake.url}', localStorage.getItem('llm-registry:${fake.url}').replace('acme-one', 'acme-two'))`,
    )
    await open(undefined, inLocalStorage)
    expect(await read()).toMatchObject({ data: current(), cached: false })
  })

  it('continues in memory when localStorage is full', async () => {
    await open(undefined, inLocalStorage)
    await page.evaluate(FULL)
    expect(await read()).toMatchObject({ data: current(), error: undefined, cached: false })
    expect(await read()).toMatchObject({ data: current(), cached: true, stale: false })
    expect(await page.evaluate(`localStorage.getItem('llm-registry:${fake.url}')`)).toBe(null)
  })

  it('works in memory if storage is forbidden, on another origin', async () => {
    await open(`${fake.url}/sandboxed`)
    expect(await page.evaluate('(() => { try { localStorage } catch (error) { return error.name } })()')).toBe(
      'SecurityError',
    )
    expect(await read()).toMatchObject({ data: current(), error: undefined })
    expect(await read()).toMatchObject({ data: current(), cached: true })
  })

  it('fetches the whole manifest, and stores none, on a page without WebCrypto', async () => {
    await open(fake.url.replace('127.0.0.1', 'plain.test'))
    expect(await page.evaluate('typeof crypto.subtle')).toBe('undefined')
    expect(await read()).toMatchObject({ data: current(), error: undefined })
    fake.commit(catalogue([numbered(2)]))
    expect(await read('{ forceRefresh: true }')).toMatchObject({ data: current(), cached: false })
    expect(asked().filter((path) => path.startsWith('/v1/diff'))).toEqual([])
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([])
  })

  it('fills the picker of the examples with each family once, chat models only', async () => {
    const row = (value: string, facts: object) => model({ value, family: 'acme/big', lab: 'acme', ...facts })
    const content = (models: Model[]) => ({ providers: [provider()], models })
    const first = [row('big', { name: 'Big', alias: 'Big', iq: 4 }), row('big-20250101', { iq: 3 })]
    fake.commit(content([...first, model({ value: 'draws', type: 'image' })]))
    await open()
    await page.addScriptTag({ content: await pickerScript(inject('app')), type: 'module' })
    const options = () => page.evaluate('[...select.options].map(({ text, value }) => [text, value])')
    await page.evaluate("globalThis.select = document.body.appendChild(document.createElement('select'))")
    await page.evaluate(`void mountPicker(select, '${fake.url}')`)
    await expect.poll(options).toEqual([['Big (acme)', 'acme/big']])
    expect(await page.evaluate('select.value')).toBe('acme/big')
  })

  it('explains in the picker why it is empty', async () => {
    fake.commit({ providers: [provider()], models: [] })
    await open()
    await page.addScriptTag({ content: await pickerScript(inject('app')), type: 'module' })
    const texts = () => page.evaluate('[...select.options].map(({ text }) => text)')
    await page.evaluate("globalThis.select = document.body.appendChild(document.createElement('select'))")
    await page.evaluate(`void mountPicker(select, '${fake.url}')`)
    await expect.poll(texts).toEqual(['There are no such models'])
    await page.context().setOffline(true)
    await page.evaluate(`void mountPicker(select, '${fake.url}', ['nowhere'])`)
    await expect.poll(texts, { timeout: 10_000 }).toEqual([expect.stringContaining('the connection failed')])
  })

  it('is not affected by the HTTP cache of the browser', async () => {
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
    // A refresh that the timer started before the network went away may still succeed, and concurrent callers share it.
    await expect
      .poll(() => read('{ forceRefresh: true }'), { timeout: 10_000 })
      .toMatchObject({ data: current(), cached: true, stale: true })
    await page.evaluate(`registry.destroy(); void connect({ baseUrl: '${fake.url}', autoRefreshInterval: 1 })`)
    expect(await read()).toMatchObject({ data: current(), cached: true, stale: true })
  })
})
