import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { createKVRegistry, createRegistry, type KVBinding, type RegistryOptions } from '../../../src/client/index.ts'
import { model, provider } from '../../support/rows.ts'

const MANIFEST = {
  version: 'v1.0123456789ab',
  etag: `"0123456789ab${'0'.repeat(20)}"`,
  generatedAt: '2026-01-01T00:00:00.000Z',
  attribution: [],
  providers: [provider()],
  models: [model({ capabilities: { vision: true } }), model({ value: 'acme-two' })],
}

function put(manifest: object = MANIFEST, key = 'manifest') {
  const { version, etag, generatedAt } = { ...MANIFEST, ...manifest }
  return env.REGISTRY.put(key, JSON.stringify(manifest), { metadata: { version, etag, generatedAt, seq: 1 } })
}

/** A binding of its own, so that nothing is known of it yet, which counts its reads. */
function binding() {
  const getWithMetadata = vi.fn((key: string, type: 'stream') => env.REGISTRY.getWithMetadata(key, type))
  return { getWithMetadata }
}

beforeEach(() => put())

describe('createKVRegistry()', () => {
  it('answers every read of one manifest from the key', async () => {
    const registry = createKVRegistry({ kv: env.REGISTRY })
    expect(await registry.getManifest()).toMatchObject({ data: MANIFEST, error: undefined, stale: false })
    expect((await registry.getProviders()).data).toEqual(MANIFEST.providers)
    expect((await registry.getModels()).data).toEqual(MANIFEST.models)
    expect((await registry.getProviderModels('acme')).data).toEqual(MANIFEST.models)
    expect((await registry.getModel('acme', 'acme-two')).data).toEqual(MANIFEST.models[1])
    expect((await registry.searchModels({ capability: 'vision' })).data).toEqual([MANIFEST.models[0]])
    expect((await registry.getVersion()).data?.version).toBe(MANIFEST.version)
    expect((await registry.getModel('acme', 'none')).error).toMatchObject({ code: 'not-found' })
  })

  it('parses a version once, also for new clients, and a new one when it is there', async () => {
    const kv = binding()
    const parse = vi.spyOn(JSON, 'parse')
    const replies = await Promise.all([1, 2, 3].map(() => createKVRegistry({ kv }).getManifest()))
    expect(replies.map(({ cached }) => cached).sort()).toEqual([false, true, true])
    expect((await createKVRegistry({ kv }).getModels()).cached).toBe(true)
    expect(parse).toHaveBeenCalledTimes(1)
    await put({ ...MANIFEST, etag: `"${'f'.repeat(32)}"`, models: [] })
    expect(await createKVRegistry({ kv }).getModels()).toMatchObject({ data: [], cached: false })
    expect(parse).toHaveBeenCalledTimes(2)
    parse.mockRestore()
  })

  it('takes a manifest that was put there by hand, without metadata', async () => {
    const kv = binding()
    await env.REGISTRY.put('manifest', JSON.stringify(MANIFEST, null, 2))
    expect(await createKVRegistry({ kv }).getManifest()).toMatchObject({ data: MANIFEST, cached: false })
    expect(await createKVRegistry({ kv }).getManifest()).toMatchObject({ data: MANIFEST, cached: true })
    await env.REGISTRY.put('manifest', JSON.stringify({ ...MANIFEST, models: [] }))
    expect((await createKVRegistry({ kv }).getModels()).data).toEqual([])
  })

  it('reads another key where told to', async () => {
    await put({ ...MANIFEST, models: [] }, 'elsewhere')
    const registry = createKVRegistry({ kv: env.REGISTRY, manifestKey: 'elsewhere' })
    expect((await registry.getModels()).data).toEqual([])
  })

  it('tells of a key without a manifest, and of one that holds something else', async () => {
    const empty = createKVRegistry({ kv: binding(), manifestKey: 'nothing' })
    expect((await empty.getModels()).error).toMatchObject({ status: 503, code: 'empty-registry' })
    for (const text of ['{', '{}', 'null', '{"version":"v1","etag":"","models":[1],"providers":[],"attribution":[]}']) {
      await env.REGISTRY.put('other', text)
      const registry = createKVRegistry({ kv: binding(), manifestKey: 'other' })
      expect((await registry.getModels()).error?.name).toBe('DataError')
    }
  })

  it('serves the last manifest, stale, while KV fails', async () => {
    const kv = binding()
    const registry = createKVRegistry({ kv })
    kv.getWithMetadata.mockRejectedValueOnce(new Error('KV is down'))
    expect((await registry.getModels()).error).toMatchObject({ name: 'NetworkError' })
    await registry.getModels()
    kv.getWithMetadata.mockRejectedValueOnce(new Error('KV is down'))
    expect(await registry.getManifest()).toMatchObject({ data: MANIFEST, cached: true, stale: true })
  })

  it('stops waiting by the signal of a call', async () => {
    const registry = createKVRegistry({ kv: { getWithMetadata: () => new Promise(() => undefined) } })
    const controller = new AbortController()
    const call = registry.getModels({ signal: controller.signal })
    controller.abort(new Error('the user left'))
    expect((await call).error).toMatchObject({ name: 'AbortedError', cause: new Error('the user left') })
  })

  it('answers although the rest of the stream cannot be put away', async () => {
    const kv = binding()
    await createKVRegistry({ kv }).getModels()
    const { metadata } = await env.REGISTRY.getWithMetadata('manifest')
    const value = new ReadableStream({ cancel: () => Promise.reject(new Error('no')) })
    kv.getWithMetadata.mockResolvedValueOnce({ value, metadata, cacheStatus: null })
    expect(await createKVRegistry({ kv }).getManifest()).toMatchObject({ data: MANIFEST, cached: true })
  })

  it('says that there is no binding', () => {
    expect(() => createKVRegistry({ kv: undefined as never })).toThrow(
      new TypeError('Cannot create a registry: "kv" is missing: is the namespace bound under that name?'),
    )
  })

  it('takes the binding of a Worker', () => {
    expectTypeOf<KVNamespace>().toExtend<KVBinding>()
    expectTypeOf<typeof fetch>().toExtend<NonNullable<RegistryOptions['fetch']>>()
  })
})

describe('createRegistry() in a Worker', () => {
  it('keeps the manifest in memory alone, and sets no timer', async () => {
    const timer = vi.spyOn(globalThis, 'setInterval')
    const text = JSON.stringify({ ...MANIFEST, providers: [], models: [] })
    const registry = createRegistry({ baseUrl: 'https://registry.test', fetch: async () => new Response(text) })
    // The digest is not that of the content: it is WebCrypto that says so.
    expect((await registry.getModels()).error?.name).toBe('DataError')
    expect(timer).not.toHaveBeenCalled()
  })
})
