import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { createKVRegistry, type KVBinding, type RegistryOptions } from '../../../src/client/index.ts'
import { bodyOfPart } from '../../../src/core/manifest/catalogue-parts.ts'
import { layOutManifest } from '../../../src/core/manifest/manifest-layout.ts'
import type { Manifest, ManifestIndex } from '../../../src/core/schema/history.ts'
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

/** A commit of two providers, as the registry stores it in KV; each `seq` has another version. */
function commit(seq: number) {
  const parts = [
    bodyOfPart(provider(), [model({ iq: seq % 6 })]),
    bodyOfPart(provider({ value: 'other' }), [model({ provider: 'other', value: 'other-one' })]),
  ]
  const hex = String(seq).padStart(12, '0').padEnd(32, '0')
  const head = {
    version: `v1.${hex.slice(0, 12)}`,
    etag: `"${hex}"`,
    generatedAt: MANIFEST.generatedAt,
    attribution: [],
  }
  const { bytes, ranges } = layOutManifest(head, parts)
  const manifest: Manifest = JSON.parse(new TextDecoder().decode(bytes))
  const indexed = Object.entries(ranges).map(([name, range]) => [name, { digest: '', ...range }])
  const index: ManifestIndex = { version: head.version, seq, sha256: '', parts: Object.fromEntries(indexed) }
  return { seq, bytes, index, manifest }
}

async function publish(commit: Commit | undefined): Promise<Commit> {
  if (!commit) throw new Error('No such commit')
  const { version, etag, generatedAt } = commit.manifest
  const metadata = { version, etag, generatedAt, seq: commit.seq }
  await env.REGISTRY.put('manifest', commit.bytes, { metadata })
  await env.REGISTRY.put('index', JSON.stringify(commit.index))
  return commit
}

type Commit = ReturnType<typeof commit>

/** A binding of its own, not yet cached, that counts its reads. */
function binding() {
  const getWithMetadata = vi.fn((key: string, type: 'stream') => env.REGISTRY.getWithMetadata(key, type))
  return { getWithMetadata }
}

beforeEach(async () => {
  await env.REGISTRY.delete('index')
  await put()
})

describe('createKVRegistry()', () => {
  it('answers every read of one manifest from one key', async () => {
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

  it('parses a version once, also for new clients, and a new one when it is published', async () => {
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

  it('accepts a manifest that was stored by hand, without metadata', async () => {
    const kv = binding()
    await env.REGISTRY.put('manifest', JSON.stringify(MANIFEST, null, 2))
    expect(await createKVRegistry({ kv }).getManifest()).toMatchObject({ data: MANIFEST, cached: false })
    expect(await createKVRegistry({ kv }).getManifest()).toMatchObject({ data: MANIFEST, cached: true })
    await env.REGISTRY.put('manifest', JSON.stringify({ ...MANIFEST, models: [] }))
    expect((await createKVRegistry({ kv }).getModels()).data).toEqual([])
  })

  it('reads another key when one is given', async () => {
    await put({ ...MANIFEST, models: [] }, 'elsewhere')
    const registry = createKVRegistry({ kv: env.REGISTRY, manifestKey: 'elsewhere' })
    expect((await registry.getModels()).data).toEqual([])
  })

  it('reports a key without a manifest, and one that holds something else', async () => {
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

  it('stops waiting when the signal of a call is aborted', async () => {
    const registry = createKVRegistry({ kv: { getWithMetadata: () => new Promise(() => undefined) } })
    const controller = new AbortController()
    const call = registry.getModels({ signal: controller.signal })
    controller.abort(new Error('the user left'))
    expect((await call).error).toMatchObject({ name: 'AbortedError', cause: new Error('the user left') })
  })

  it('answers although the rest of the stream cannot be cancelled', async () => {
    const kv = binding()
    await createKVRegistry({ kv }).getModels()
    const { metadata } = await env.REGISTRY.getWithMetadata('manifest')
    const value = new ReadableStream({ cancel: () => Promise.reject(new Error('no')) })
    kv.getWithMetadata.mockResolvedValueOnce({ value, metadata, cacheStatus: null })
    expect(await createKVRegistry({ kv }).getManifest()).toMatchObject({ data: MANIFEST, cached: true })
  })

  it('ends at its timeout, or serves what it has', async () => {
    const kv = binding()
    const registry = createKVRegistry({ kv, timeout: 50 })
    kv.getWithMetadata.mockImplementationOnce(() => new Promise(() => undefined))
    expect((await registry.getModels()).error).toMatchObject({ name: 'TimeoutError', timeout: 50 })
    await registry.getModels()
    kv.getWithMetadata.mockImplementationOnce(() => new Promise(() => undefined))
    expect(await registry.getManifest()).toMatchObject({ data: MANIFEST, cached: true, stale: true })
  })

  it('never goes back to an older commit, whatever a location of KV returns', async () => {
    const commits = [13, 14, 15].map((seq) => commit(seq))
    const kv = binding()
    const registry = createKVRegistry({ kv })
    const seen: (string | undefined)[] = []
    for (const index of [1, 0, 1, 0, 2, 1]) {
      await publish(commits[index])
      seen.push((await registry.getVersion()).data?.version)
    }
    expect(seen).toEqual([1, 1, 1, 1, 2, 2].map((index) => commits[index]?.manifest.version))
  })

  it('reports a missing binding', () => {
    expect(() => createKVRegistry({ kv: undefined as never })).toThrow(
      new TypeError('Cannot create a registry: "kv" is missing: is the namespace bound under that name?'),
    )
  })

  it('accepts the binding of a Worker', () => {
    expectTypeOf<KVNamespace>().toExtend<KVBinding>()
    expectTypeOf<typeof fetch>().toExtend<NonNullable<RegistryOptions['fetch']>>()
  })
})

describe('the slices of the index', () => {
  const parsed = () => {
    const parse = vi.spyOn(JSON, 'parse')
    return () => parse.mock.calls.map(([text]) => text).filter((text) => text.includes('"value"'))
  }
  afterEach(() => vi.restoreAllMocks())

  it('are all that a read of one provider parses', async () => {
    const { manifest } = await publish(commit(3))
    const texts = parsed()
    const registry = createKVRegistry({ kv: binding() })
    expect((await registry.getModel('acme', 'acme-one')).data).toEqual(manifest.models[0])
    expect((await registry.find('acme/acme-one')).data).toEqual(manifest.models[0])
    expect((await registry.searchModels({ provider: 'acme', q: 'one' })).data).toEqual([manifest.models[0]])
    expect((await registry.getProviderModels('acme')).data).toEqual([manifest.models[0]])
    expect((await registry.getModel('nowhere', 'x')).error).toMatchObject({ code: 'not-found' })
    expect(texts()).toEqual([JSON.stringify([manifest.models[0]])])
  })

  it('return the same answers as the whole manifest', async () => {
    const { manifest } = await publish(commit(4))
    const registry = createKVRegistry({ kv: binding() })
    expect((await registry.getModel('other', 'other-one')).data).toEqual(manifest.models[1])
    expect((await registry.getManifest()).data).toEqual(manifest)
    expect((await registry.getProviders()).data).toEqual(manifest.providers)
    expect((await registry.find('other-one')).data).toEqual(manifest.models[1])
    expect((await registry.searchModels({ lab: 'nowhere' })).error).toMatchObject({ code: 'invalid-request' })
    expect((await registry.searchModels({ provider: ['other', 'acme'] })).data).toEqual(manifest.models)
  })

  it.each<[string, (index: ManifestIndex) => unknown]>([
    ['of another commit', (index) => ({ ...index, seq: index.seq - 1 })],
    ['of another version', (index) => ({ ...index, version: 'v1.000000000000' })],
    ['of other bytes', ({ parts, ...index }) => ({ ...index, parts: { acme: parts.acme } })],
    ['that is not one', () => null],
  ])('are not used with an index %s', async (_, spoil) => {
    const { manifest, index } = await publish(commit(5))
    await env.REGISTRY.put('index', JSON.stringify(spoil(index)))
    const registry = createKVRegistry({ kv: binding() })
    expect((await registry.getModel('other', 'other-one')).data).toEqual(manifest.models[1])
  })

  it('are optional: without an index, and where it cannot be read, the manifest is parsed whole', async () => {
    const { manifest } = await publish(commit(6))
    const kv = binding()
    kv.getWithMetadata.mockImplementation(async (key, type) => {
      if (key === 'index') throw new Error('KV is down')
      return env.REGISTRY.getWithMetadata(key, type)
    })
    expect((await createKVRegistry({ kv }).getModels()).data).toEqual(manifest.models)
  })

  it('that hold no models are a DataError', async () => {
    const { bytes, index } = commit(7)
    const text = new TextDecoder().decode(bytes).replace('"value":"acme-one"', '"value":1234567890')
    await publish({ ...commit(7), bytes: new TextEncoder().encode(text), index })
    expect((await createKVRegistry({ kv: binding() }).getModel('acme', 'x')).error?.name).toBe('DataError')
  })
})
