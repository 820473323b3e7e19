import type { ServerResponse } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import {
  type ClientError,
  DataError,
  NetworkError,
  ProblemError,
  RegistryError,
  TimeoutError,
} from '../../../src/client/index.ts'
import { sendJson, sendProblem, sendText } from '../../support/client/fake-registry.ts'
import { connect, startBoth, startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered, published } from '../../support/client/published-versions.ts'

const HTML = '<!doctype html><title>Sign in to the network</title>'

describe('a registry that cannot be reached', () => {
  it('results in a NetworkError with its cause if nothing is cached', async () => {
    const { fake, registry } = await startBoth()
    await fake.close()
    const { data, error, cached, stale } = await registry.getModels()
    expect({ data, cached, stale }).toEqual({ data: undefined, cached: false, stale: false })
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toBeInstanceOf(RegistryError)
    expect(error?.message).toMatch(/^Cannot get http:.+\/v1\/versions.+: the connection failed$/)
    expect(error?.cause).toBeInstanceOf(TypeError)
  })

  it('leaves the last good manifest in use, stale until the registry responds again', async () => {
    const onError = vi.fn()
    const { fake, registry } = await startBoth({ autoRefreshInterval: 30, onError })
    await registry.getModels()
    await fake.close()
    await vi.waitFor(() => expect(onError).toHaveBeenCalled())
    await vi.waitFor(async () => expect((await registry.getModels()).stale).toBe(true))
    const offline = await registry.getManifest({ forceRefresh: true })
    expect(offline).toEqual({ data: fake.current.manifest, error: undefined, cached: true, stale: true })
    expect(onError.mock.calls[0]?.[0]).toBeInstanceOf(NetworkError)
    const next = fake.commit(catalogue([numbered(2)]))
    await fake.listen()
    await vi.waitFor(async () => expect((await registry.getManifest()).stale).toBe(false))
    expect((await registry.getManifest()).data).toEqual(next.manifest)
  })

  it('does not get a request for every read of a stale manifest', async () => {
    const onError = vi.fn()
    const { fake, registry } = await startBoth({ autoRefreshInterval: 60_000, onError })
    await registry.getModels()
    await fake.close()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 70_000 })
    try {
      for (let read = 0; read < 5; read++) expect((await registry.getModels()).stale).toBe(true)
    } finally {
      vi.useRealTimers()
    }
    expect(onError).toHaveBeenCalledTimes(1)
  })

  it('gets no requests for the time that it asked for', async () => {
    const { fake, registry } = await startBoth({ autoRefreshInterval: 60_000 })
    await registry.getModels()
    fake.takeAsked()
    fake.misbehave = (_path, response) => sendProblem(response, 429, 'rate-limited', 'slowly', { 'retry-after': '120' })
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      for (const seconds of [61, 100, 170, 190]) {
        vi.setSystemTime(start + seconds * 1000)
        expect((await registry.getModels()).stale).toBe(true)
        expect(fake.takeAsked()).toHaveLength(seconds === 61 || seconds === 190 ? 1 : 0)
      }
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a registry that asks for no requests', () => {
  it('gets no requests from the timer either', async () => {
    const onError = vi.fn()
    const { fake, registry } = await startBoth({ autoRefreshInterval: 20, onError })
    await registry.getModels()
    fake.misbehave = (_path, response) => sendProblem(response, 429, 'rate-limited', 'slowly', { 'retry-after': '60' })
    await vi.waitFor(() => expect(onError).toHaveBeenCalled())
    fake.takeAsked()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(fake.asked).toEqual([])
  })

  it('gets the next request after at most an hour', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    fake.misbehave = (_path, response) =>
      sendProblem(response, 429, 'rate-limited', 'slowly', { 'retry-after': '1e12' })
    expect((await registry.getModels({ forceRefresh: true })).stale).toBe(true)
    fake.misbehave = () => false
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    try {
      expect((await registry.getModels()).stale).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is still refreshed by the timer after any other failure', async () => {
    const { text } = published(catalogue())
    const fetch = vi.fn(async () => new Response(text))
    vi.useFakeTimers()
    try {
      const registry = connect({ url: 'http://registry.test' }, { autoRefreshInterval: 1000, fetch })
      await registry.getModels()
      fetch.mockImplementation(() => new Promise((_, reject) => setTimeout(reject, 10, new TypeError('no connection'))))
      await vi.advanceTimersByTimeAsync(10_000)
      expect(fetch).toHaveBeenCalledTimes(11)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a registry that no longer accepts the token', () => {
  it('results in an authorization error, and cached data is no longer returned', async () => {
    const { fake, registry } = await startBoth({ headers: { authorization: 'Bearer old' } })
    await registry.getModels()
    fake.misbehave = (_path, response) => sendProblem(response, 401, 'unauthorized', 'a token is needed')
    for (const options of [{ forceRefresh: true }, {}]) {
      const { data, error } = await registry.getModels(options)
      expect(data).toBeUndefined()
      expect(error).toMatchObject({ status: 401, code: 'unauthorized' })
    }
    fake.misbehave = () => false
    expect((await registry.getModels()).data).toEqual(fake.current.manifest.models)
  })
})

describe('timeout', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['never responds', () => undefined],
    ['sends part of a body and stops', (response) => response.writeHead(200).write('{"version":')],
  ])('ends a call to a registry that %s', async (_, answer) => {
    const { fake, registry } = await startBoth({ timeout: 60 })
    fake.misbehave = (_path, response) => {
      answer(response)
      return true
    }
    const { error } = await registry.getModels()
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({
      timeout: 60,
      message: expect.stringMatching(/^Cannot get http:.+\/v1\/versions.+: no complete response within 60 ms$/),
    })
  })

  it('ends a call through a fetch that ignores its signal', async () => {
    const registry = connect(
      { url: 'http://registry.test' },
      { timeout: 30, fetch: () => new Promise(() => undefined) },
    )
    expect((await registry.getVersions()).error?.name).toBe('TimeoutError')
  })

  it('ends the wait of each caller, and a call that one caller gave up on is not joined again', async () => {
    let calls = 0
    const registry = connect(
      { url: 'http://registry.test' },
      { timeout: 80, fetch: () => (calls++ === 0 ? new Promise(() => undefined) : Promise.resolve(Response.json([]))) },
    )
    const first = registry.getVersions()
    await new Promise((resolve) => setTimeout(resolve, 40))
    const joined = registry.getVersions()
    expect((await first).error?.name).toBe('TimeoutError')
    expect((await registry.getVersions()).data).toEqual([])
    expect((await joined).error?.name).toBe('TimeoutError')
    expect(calls).toBe(2)
  })

  it('may be infinite', async () => {
    const { registry } = await startBoth({ timeout: Number.POSITIVE_INFINITY })
    expect((await registry.getModels()).error).toBeUndefined()
  })

  it('includes the retries', async () => {
    const { fake, registry } = await startBoth({ timeout: 500, retry: 100 })
    fake.misbehave = (_path, response) => sendProblem(response, 500, 'internal', 'broken')
    const started = Date.now()
    expect((await registry.getModels()).error).toBeInstanceOf(ProblemError)
    expect(Date.now() - started).toBeLessThan(600)
    expect(fake.asked).toHaveLength(2)
  })
})

describe('a truncated body', () => {
  it.each<[string, (response: ServerResponse, text: string) => void]>([
    [
      'shorter than its content-length',
      (response, text) => {
        response.writeHead(200, { 'content-length': text.length })
        response.write(text.slice(0, 100), () => response.destroy())
      },
    ],
    [
      'that ends in the middle of a chunk',
      (response, text) => {
        response.writeHead(200)
        response.write(text.slice(0, 100), () => response.destroy())
      },
    ],
  ])('%s is a NetworkError', async (_, cut) => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => {
      cut(response, fake.current.text)
      return true
    }
    expect((await registry.getModels()).error).toBeInstanceOf(NetworkError)
  })

  it('that ends as if it were complete is a DataError', async () => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => sendText(response, fake.current.text.slice(0, -40))
    expect((await registry.getModels()).error).toBeInstanceOf(DataError)
  })

  it('is requested again', async () => {
    const { fake, registry } = await startBoth({ retry: 1 })
    let cuts = 0
    fake.misbehave = (_path, response) => {
      if (cuts++ > 0) return false
      response.writeHead(200).write('{', () => response.destroy())
      return true
    }
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
  })
})

describe('content that is not what it claims to be', () => {
  const manifestOf = (fake: Awaited<ReturnType<typeof startFake>>) => structuredClone(fake.current.manifest)

  it.each<[string, (manifest: ReturnType<typeof manifestOf>) => unknown]>([
    ['another fact', (manifest) => ({ ...manifest, models: [numbered(99)] })],
    ['another etag', (manifest) => ({ ...manifest, etag: `"${'0'.repeat(32)}"` })],
    ['another version', (manifest) => ({ ...manifest, version: 'v1.000000000000' })],
    ['no models', ({ models: _, ...manifest }) => manifest],
    ['invalid models', (manifest) => ({ ...manifest, models: [null] })],
    ['an empty object', () => ({})],
    ['null', () => null],
    ['a list', () => []],
  ])('such as a manifest with %s is a DataError', async (_, spoil) => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => sendJson(response, spoil(manifestOf(fake)))
    expect((await registry.getModels()).error).toBeInstanceOf(DataError)
  })

  it('such as JSON nested too deeply is a DataError', async () => {
    const { fake, registry } = await startBoth()
    const nest = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    fake.misbehave = (_path, response) =>
      sendText(response, fake.current.text.replace('{"alias"', `{"x":${nest},"alias"`))
    expect((await registry.getModels()).error).toBeInstanceOf(DataError)
  })

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['null', (response) => sendJson(response, null)],
    ['an empty object', (response) => sendJson(response, {})],
    ['a text', (response) => sendJson(response, 'hello')],
    ['a page', (response) => sendText(response, HTML, 'text/html')],
    ['nothing', (response) => response.writeHead(204).end()],
  ])('such as %s for a history or a diff is a DataError', async (_, answer) => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => {
      answer(response)
      return true
    }
    const calls = [registry.getVersions(), registry.getDiff('2026-01-01'), registry.getModelHistory('acme', 'acme-one')]
    for (const { data, error } of await Promise.all(calls)) {
      expect(data).toBeUndefined()
      expect(error).toBeInstanceOf(DataError)
    }
  })

  it('such as a list for a diff, or an object for a list, is a DataError', async () => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (path, response) => sendJson(response, path.startsWith('/v1/versions') ? { models: {} } : [])
    expect((await registry.getVersions()).error).toBeInstanceOf(DataError)
    expect((await registry.getDiff('2026-01-01')).error).toBeInstanceOf(DataError)
  })

  it('such as a 304 without anything stored is an error', async () => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => {
      response.writeHead(304).end()
      return true
    }
    for (const { data, error } of await Promise.all([registry.getVersions(), registry.getModels()])) {
      expect(data).toBeUndefined()
      expect(error).toMatchObject({ status: 304 })
    }
  })

  it.each([
    ['no time', { generatedAt: undefined }],
    ['an attribution without a name', { attribution: [{ url: 'https://example.com/' }] }],
  ])('such as a manifest with %s, which the digest does not cover, is a DataError', async (_, part) => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => sendJson(response, { ...manifestOf(fake), ...part })
    expect((await registry.getModels()).error).toBeInstanceOf(DataError)
  })

  it('leaves the last good manifest, stale', async () => {
    const errors: ClientError[] = []
    const { fake, registry } = await startBoth({ onError: (error) => errors.push(error) })
    await registry.getModels()
    const { models } = fake.current.manifest
    fake.commit(catalogue([numbered(2)]))
    fake.misbehave = (path, response) =>
      path.startsWith('/v1/manifest') && sendJson(response, { ...manifestOf(fake), models: [] })
    const { data, stale } = await registry.getModels({ forceRefresh: true })
    expect(data).toEqual(models)
    expect(stale).toBe(true)
    expect(errors.map(({ name }) => name)).toEqual(['DataError'])
  })

  it('such as a version without an ETag also leaves it', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    fake.misbehave = (_path, response) => sendJson(response, { version: 'v1.000000000000' })
    expect((await registry.getModels({ forceRefresh: true })).stale).toBe(true)
  })

  it('such as a redirect to a page is a DataError', async () => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (path, response) => {
      if (path === '/sign-in') return sendText(response, HTML, 'text/html')
      response.writeHead(302, { location: '/sign-in' }).end()
      return true
    }
    const { error } = await registry.getModels()
    expect(error).toBeInstanceOf(DataError)
    expect(error?.message).toMatch(/^Cannot read http:.+: the response is not JSON$/)
    expect((await registry.getVersions()).error).toBeInstanceOf(DataError)
  })

  it('such as another version than the pinned one is a DataError', async () => {
    const fake = await startFake()
    fake.misbehave = (_path, response) => sendText(response, fake.current.text)
    const registry = connect(fake, { version: 'v1.0123456789ab' })
    expect((await registry.getModels()).error).toBeInstanceOf(DataError)
  })
})

describe('a problem', () => {
  it('has the status, the code and all other fields that the registry reported', async () => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => sendProblem(response, 401, 'unauthorized', 'a token is needed')
    const { error } = await registry.getModels()
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({
      name: 'ProblemError',
      status: 401,
      code: 'unauthorized',
      problem: { title: 'A problem', detail: 'a token is needed' },
      message: expect.stringMatching(/^Cannot get http:.+: a token is needed$/),
    })
    expect(fake.asked).toHaveLength(1)
  })

  it.each([
    ['a page of a proxy', HTML],
    ['nothing', ''],
    ['null', 'null'],
    ['a problem of something else', '{"code":7,"detail":[{"msg":"no"}]}'],
  ])('with the body %s has only its status', async (_, body) => {
    const { fake, registry } = await startBoth()
    fake.misbehave = (_path, response) => {
      response.writeHead(502).end(body)
      return true
    }
    const { error } = await registry.getModels()
    expect(error).toMatchObject({ name: 'ProblemError', status: 502, code: undefined })
    expect(error?.message).toMatch(/^Cannot get http:.+: the response has status 502$/)
  })

  it('that is temporary is retried as often as the options allow', async () => {
    const { fake, registry } = await startBoth({ retry: 2 })
    fake.misbehave = (_path, response) => sendProblem(response, 500, 'internal', 'broken')
    expect((await registry.getModels()).error).toMatchObject({ status: 500, code: 'internal' })
    expect(fake.asked).toHaveLength(3)
  })

  it.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 2000).toUTCString()],
  ])('with a Retry-After in %s is retried at that time', async (_, retryAfter) => {
    const { fake, registry } = await startBoth({ retry: 1 })
    const times: number[] = []
    fake.misbehave = (_path, response) => {
      times.push(Date.now())
      return times.length === 1 && sendProblem(response, 429, 'rate-limited', 'slowly', { 'retry-after': retryAfter() })
    }
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
    expect(Number(times[1]) - Number(times[0])).toBeGreaterThanOrEqual(990)
  })

  it('with a Retry-After later than the timeout is not waited for', async () => {
    const { fake, registry } = await startBoth({ retry: 5 })
    fake.misbehave = (_path, response) =>
      sendProblem(response, 503, 'empty-registry', 'it is empty', { 'retry-after': '30' })
    const { error } = await registry.getModels()
    expect(error).toMatchObject({ status: 503, code: 'empty-registry', retryAfterSeconds: 30 })
    expect(fake.asked).toHaveLength(1)
  })
})
