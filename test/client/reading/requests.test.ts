import { describe, expect, it, vi } from 'vitest'
import { AbortedError, createRegistry, NetworkError } from '../../../src/client/index.ts'
import { sendProblem } from '../../support/client/fake-registry.ts'
import { connect, startBoth, startFake } from '../../support/client/fixture.ts'

describe('headers', () => {
  it('are built for every request, including retries', async () => {
    const fake = await startFake()
    const seen: (string | undefined)[] = []
    fake.misbehave = (_path, response, { headers }) => {
      seen.push(headers.authorization)
      return seen.length === 1 && sendProblem(response, 503, 'restoring', 'not now')
    }
    let count = 0
    const registry = connect(fake, { retry: 1, headers: async () => ({ authorization: `Bearer ${++count}` }) })
    await registry.getModels()
    await registry.getModels({ forceRefresh: true })
    expect(seen).toEqual(['Bearer 1', 'Bearer 2', 'Bearer 3', 'Bearer 4'])
  })

  it('that cannot be built are an error of the call', async () => {
    const { registry } = await startBoth({ headers: () => Promise.reject(new Error('no token')) })
    const { error } = await registry.getModels()
    expect(error).toBeInstanceOf(NetworkError)
    expect(error?.cause).toEqual(new Error('no token'))
  })
})

describe('fetch', () => {
  it('is called without `this`, with the options, and can be replaced', async () => {
    const fake = await startFake()
    const calls: unknown[] = []
    const registry = connect(fake, {
      fetchOptions: { credentials: 'include' },
      headers: { 'x-app': 'test' },
      async fetch(this: unknown, url, init) {
        calls.push(this, url, init)
        return { ok: true, status: 200, headers: new Headers(), text: async () => JSON.stringify([fake.current.info]) }
      },
    })
    expect((await registry.getVersion()).data?.version).toBe(fake.current.manifest.version)
    expect(calls).toEqual([
      undefined,
      expect.stringMatching(`^${fake.url}/v1/versions`),
      { cache: 'no-store', credentials: 'include', headers: { 'x-app': 'test' }, signal: expect.any(AbortSignal) },
    ])
  })
})

describe('the history', () => {
  it('bypasses the HTTP cache, unless what is asked for never changes', async () => {
    const fake = await startFake()
    const modes: (string | undefined)[] = []
    const fetchAndNote = (url: string, init: RequestInit) => {
      modes.push(init.cache)
      return fetch(url, init)
    }
    const { version } = fake.current.manifest
    const registry = connect(fake, { fetch: fetchAndNote })
    const pinned = connect(fake, { fetch: fetchAndNote, version })
    await registry.getVersions()
    await registry.getModelHistory('acme', 'acme-one')
    await registry.getPrices('acme', 'acme-one')
    await registry.getDiff(version)
    expect(modes.splice(0)).toEqual(['no-store', 'no-store', 'no-store', 'no-store'])
    await registry.getDiff(version, version)
    await pinned.getDiff(version)
    await pinned.getPrices('acme', 'acme-one')
    expect(modes).toEqual([undefined, undefined, undefined])
  })
})

describe('signal', () => {
  const hanging = async () => {
    const onError = vi.fn()
    const both = await startBoth({ onError })
    const closed = new Promise((resolve) => {
      both.fake.misbehave = (_path, response) => {
        response.once('close', resolve)
        return true
      }
    })
    return { ...both, closed, onError }
  }

  it('aborts the call, and aborts the request if no other caller waits', async () => {
    const { fake, registry, closed, onError } = await hanging()
    const reason = new Error('the user left')
    const controller = new AbortController()
    const call = registry.getModels({ signal: controller.signal })
    await vi.waitFor(() => expect(fake.asked).not.toEqual([]), { interval: 1 })
    controller.abort(reason)
    const { error } = await call
    expect(error).toBeInstanceOf(AbortedError)
    expect(error?.cause).toBe(reason)
    await closed
    expect(onError).not.toHaveBeenCalled()
  })

  it('does not abort other calls', async () => {
    const { fake, registry } = await startBoth()
    const controller = new AbortController()
    const mine = registry.getModels({ signal: controller.signal })
    const other = registry.getModels()
    controller.abort()
    expect((await mine).error).toBeInstanceOf(AbortedError)
    expect((await other).data).toEqual(fake.current.manifest.models)
  })

  it('that is already aborted sends no request', async () => {
    const { fake, registry } = await startBoth()
    expect((await registry.getVersions({ signal: AbortSignal.abort() })).error).toBeInstanceOf(AbortedError)
    expect(fake.asked).toEqual([])
  })

  it('leaves the client usable for the next call', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels({ signal: AbortSignal.abort() })
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
  })
})

describe('destroy()', () => {
  it('ends open calls and refuses new ones', async () => {
    const { fake, registry } = await startBoth()
    fake.misbehave = () => true
    const open = registry.getModels()
    await vi.waitFor(() => expect(fake.asked).toHaveLength(1))
    registry.destroy()
    expect((await open).error).toBeInstanceOf(AbortedError)
    const past = registry.at('2026-01-01')
    const calls = [registry.getModels(), registry.getVersions(), registry.checkForUpdates(), past.getModels()]
    for (const { error } of await Promise.all(calls)) expect(error).toBeInstanceOf(AbortedError)
    expect(fake.asked).toHaveLength(1)
  })
})

describe('a date that is not valid', () => {
  it('is sent, and the registry refuses it', async () => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => sendProblem(response, 400, 'invalid-request', 'not a date')
    const none = new Date(Number.NaN)
    expect((await registry.getDiff(none)).error).toMatchObject({ code: 'invalid-request' })
    expect((await registry.at(none).getModels()).error).toMatchObject({ code: 'invalid-request' })
    expect(fake.asked).toEqual(['/v1/diff?from=Invalid+Date', '/v1/manifest?version=Invalid+Date'])
  })
})

describe('an id that ends in half a character', () => {
  it.each([{}, { providers: ['acme'] }])('is not found, by a client with %j', async (options) => {
    const { registry } = await startBoth(options)
    const half = 'acme-one\ud83d'
    const calls = [registry.getModel('acme', half), registry.find(`acme/${half}`), registry.find(half)]
    for (const { error } of await Promise.all(calls)) expect(error).toMatchObject({ code: 'not-found' })
    expect((await registry.searchModels({ q: half })).data).toEqual([])
    expect((await registry.getPrices('acme', half)).error?.name).toBe('ProblemError')
  })
})

describe('a client leaves behind', () => {
  it('no timer when a call was ended while it waited to retry', async () => {
    const { fake, registry } = await startBoth({ retry: 1 })
    fake.misbehave = (_path, response) => sendProblem(response, 503, 'restoring', 'not now', { 'retry-after': '9' })
    const timers = new Set<unknown>()
    const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout]
    vi.stubGlobal('setTimeout', (call: () => void, milliseconds: number) => {
      const timer = set(call, milliseconds)
      if (milliseconds === 9000) timers.add(timer)
      return timer
    })
    vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout) => {
      timers.delete(timer)
      clear(timer)
    })
    try {
      const call = registry.getModels()
      await vi.waitFor(() => expect(timers.size).toBe(1))
      registry.destroy()
      expect((await call).error).toBeInstanceOf(AbortedError)
      expect(timers.size).toBe(0)
    } finally {
      vi.unstubAllGlobals()
    }
  })

  it('no timer that keeps the process alive, also where timers are numbers', async () => {
    const { registry } = await startBoth()
    const unrefTimer = vi.fn()
    vi.stubGlobal('setInterval', () => 7)
    vi.stubGlobal('Deno', { unrefTimer })
    try {
      await registry.getModels()
      expect(unrefTimer.mock.calls).toEqual([[7]])
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('createRegistry()', () => {
  it('refuses to create a client without a base URL', () => {
    expect(() => createRegistry({ baseUrl: undefined as never })).toThrow(
      new TypeError('Cannot create a registry: "baseUrl" is undefined, not a string'),
    )
  })

  it.each(['llm.example.workers.dev', 'localhost:8787', 'https:/llm.example', '/registry', ''])(
    'immediately refuses the base URL "%s", which has no scheme',
    (baseUrl) => {
      expect(() => createRegistry({ baseUrl })).toThrow(
        new TypeError(
          `Cannot create a registry: "baseUrl" is "${baseUrl}", which has no scheme; did you mean "https://${baseUrl}"?`,
        ),
      )
    },
  )

  it('accepts any scheme, and a path if a page or a custom fetch can resolve it', () => {
    const fetch = () => Promise.reject(new Error('offline'))
    expect(() => createRegistry({ baseUrl: 'HTTP://localhost:8787/llm/' })).not.toThrow()
    expect(() => createRegistry({ baseUrl: 'app+registry://llm' })).not.toThrow()
    expect(() => createRegistry({ baseUrl: '/registry', fetch })).not.toThrow()
    vi.stubGlobal('location', new URL('https://app.example/'))
    try {
      for (const baseUrl of ['/registry', '', '//llm.example']) expect(() => createRegistry({ baseUrl })).not.toThrow()
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
