/** Whatever a call waits for may never come: its signal and its timeout end it at each of these points. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Registry, RegistryOptions, Reply } from '../../../src/client/index.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered } from '../../support/client/published-versions.ts'

type Options = { signal?: AbortSignal; forceRefresh?: boolean }
const CALLS: Record<string, (registry: Registry, options: Options) => Promise<Reply<unknown>>> = {
  getManifest: (registry, options) => registry.getManifest(options),
  getModel: (registry, options) => registry.getModel('acme', 'acme-one', options),
  find: (registry, options) => registry.find('acme-two', options),
  'find of what is nowhere': (registry, options) => registry.find('acme/nowhere', options),
  getOffers: (registry, options) => registry.getOffers('acme-one', options),
  searchModels: (registry, options) => registry.searchModels({ q: 'one' }, options),
  costOf: (registry, options) => registry.costOf('acme-one', { input_tokens: 1 }, options),
  'costOf at a time': (registry, options) => registry.costOf('acme/gone', {}, { at: '2026-01-01', ...options }),
  checkForUpdates: (registry, options) => registry.checkForUpdates(options),
  getPrices: (registry, options) => registry.getPrices('acme', 'acme-one', options),
  'at()': (registry, options) => registry.at('2026-01-01').getModels(options),
}
const MODES: [string, Partial<RegistryOptions>][] = [
  ['keeps nothing', {}],
  ['keeps parts', { providers: ['acme'] }],
  ['is pinned', { version: 'v1.000000000000' }],
  ['has headers', { headers: async () => ({ 'x-app': 'test' }) }],
]

/** What hangs from the given use on; the count goes on over all tools. */
let uses = 0
let hangsFrom = Number.POSITIVE_INFINITY
const use = <T>(work: () => Promise<T>): Promise<T> => (uses++ >= hangsFrom ? new Promise(() => undefined) : work())

const entries = new Map<string, string>()
const cache = {
  match: (url: string) => use(async () => (entries.has(url) ? new Response(entries.get(url)) : undefined)),
  put: (url: string, response: Response) => use(async () => void entries.set(url, await response.text())),
  delete: (url: string) => use(async () => entries.delete(url)),
}
beforeEach(() => {
  entries.clear()
  vi.stubGlobal('caches', { open: async () => cache })
})
afterEach(() => {
  vi.unstubAllGlobals()
  hangsFrom = Number.POSITIVE_INFINITY
})

const rejections: unknown[] = []
const note = (reason: unknown) => rejections.push(reason)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(() => void process.off('unhandledRejection', note))

async function attempt(call: (registry: Registry, options: Options) => Promise<Reply<unknown>>, options: object) {
  const fake = await startFake(catalogue([numbered(1), numbered(2, 'acme-two')]))
  // Every version that is pinned is this one.
  const { version } = fake.current.manifest
  const pinned = 'version' in options ? { ...options, version } : options
  const fetchOrHang = (url: string, init: RequestInit) => use(() => fetch(url, init))
  const create = (timeout: number) => connect(fake, { cache: 'cacheStorage', timeout, fetch: fetchOrHang, ...pinned })
  await call(create(5000), {})
  return { call, create }
}

describe('a client that keeps nothing, of a registry that cannot be reached', () => {
  it('ends by its signal while it looks for what is stored', async () => {
    ;[uses, hangsFrom] = [0, 0]
    const registry = connect(
      { url: 'http://registry.test' },
      { cache: 'cacheStorage', fetch: () => Promise.reject(new Error('offline')) },
    )
    const started = Date.now()
    const { error } = await registry.getModel('acme', 'acme-one', { signal: AbortSignal.timeout(30) })
    expect(error?.name).toBe('AbortedError')
    expect(Date.now() - started).toBeLessThan(1500)
  })
})

describe.each(MODES)('a client that %s', (_, mode) => {
  it.each(Object.entries(CALLS))('ends %s by its signal, wherever it hangs', async (_, call) => {
    const { create } = await attempt(call, mode)
    for (const at of [0, 1, 2, 3, 4, 5, 6]) {
      ;[uses, hangsFrom] = [0, at]
      const controller = new AbortController()
      const started = Date.now()
      const answer = call(create(5000), { signal: controller.signal, forceRefresh: true })
      setTimeout(() => controller.abort(new Error('enough')), 20)
      const { data, error } = await answer
      if (!error) expect(data).toBeDefined()
      // What came before it hung may be enough, or an answer that there is no such model.
      else expect(['AbortedError', 'ProblemError', 'CostError', 'DataError']).toContain(error.name)
      expect(Date.now() - started).toBeLessThan(1500)
    }
    expect(rejections).toEqual([])
  })

  it.each(Object.entries(CALLS))('ends %s by its timeout, wherever it hangs', async (_, call) => {
    const { create } = await attempt(call, mode)
    for (const at of [0, 2, 4]) {
      ;[uses, hangsFrom] = [0, at]
      const started = Date.now()
      const { data, error } = await call(create(40), { forceRefresh: true })
      expect(data === undefined).toBe(error !== undefined)
      expect(Date.now() - started).toBeLessThan(1500)
    }
    expect(rejections).toEqual([])
  })
})
