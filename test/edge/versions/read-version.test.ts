import { describe, expect, it } from 'vitest'
import type { Model } from '../../../src/core/schema/model.ts'
import { getPointer } from '../../../src/edge/pointer.ts'
import { tagView } from '../../../src/edge/tagged-view.ts'
import type { Tiers } from '../../../src/edge/tiers.ts'
import type { LoadedVersion } from '../../../src/edge/versions/loaded-version.ts'
import { loadVersion, readView } from '../../../src/edge/versions/read-version.ts'
import { jsonListView, jsonView } from '../../../src/views/json-view.ts'
import { textView } from '../../../src/views/view.ts'
import { FakeTiers, NOTHING, type TestVersion, versionOfName } from '../../support/edge/fake-tiers.ts'

const A = versionOfName('A', 1)
const B = versionOfName('B', 2)
const C = versionOfName('C', 3)

function holding(...versions: TestVersion[]): FakeTiers {
  const fakes = new FakeTiers()
  for (const version of versions) fakes.commit(version)
  return fakes
}

const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

/** The text of a version's manifest, as a request reads it. */
async function read(tiers: Tiers, { pointer }: TestVersion): Promise<string> {
  return textOf((await loadVersion(tiers, pointer)).bytes)
}

/** All models of a version, as a request reads them. */
async function readModels(tiers: Tiers, { pointer }: TestVersion) {
  const render = (version: LoadedVersion) => jsonListView(modelsIn(version), modelsIn(version).length)
  const body = await readView(tiers, pointer, 'models', render)
  return body && { models: JSON.parse(textOf(body.bytes)), total: body.total }
}

const modelsIn = ({ bytes }: LoadedVersion): Model[] => JSON.parse(textOf(bytes)).models
const modelsOf = ({ text }: TestVersion) => ({ models: JSON.parse(text).models, total: 1 })

describe('a warm read of the manifest', () => {
  it('reads no storage except the pointer now and then', async () => {
    const fakes = holding(A)
    const readCurrent = async () => {
      const pointer = await getPointer(fakes.tiers())
      return pointer && textOf((await loadVersion(fakes.tiers(), pointer)).bytes)
    }
    await readCurrent()
    await fakes.waitForDeferred()
    fakes.asked()
    for (let request = 0; request < 100; request++) expect(await readCurrent()).toBe(A.text)
    expect(fakes.asked()).toEqual(NOTHING)
    for (let second = 0; second < 60; second++) {
      fakes.now += 1000
      await readCurrent()
      await fakes.waitForDeferred()
    }
    const { kv, ...others } = fakes.asked()
    expect(others).toEqual({ registry: [], cache: 0 })
    expect(new Set(kv)).toEqual(new Set(['current']))
    expect(kv.length).toBeLessThanOrEqual(12)
  })
})

describe('loadVersion()', () => {
  it('takes the current manifest from KV', async () => {
    const fakes = holding(A)
    expect(await read(fakes.tiers(), A)).toBe(A.text)
    expect(fakes.asked()).toEqual({ kv: ['manifest', 'index'], registry: [], cache: 2 })
  })

  it('fills the memory and the cache after a miss', async () => {
    const fakes = holding(A)
    await read(fakes.tiers(), A)
    await fakes.waitForDeferred()
    fakes.asked()
    await read(fakes.tiers(), A)
    expect(fakes.asked()).toEqual(NOTHING)
    fakes.forget()
    expect(await read(fakes.tiers(), A)).toBe(A.text)
    expect(fakes.asked()).toEqual({ ...NOTHING, cache: 2 })
  })

  it('also fills them after a miss in KV', async () => {
    const fakes = holding(A, B)
    expect(await read(fakes.tiers(), A)).toBe(A.text)
    expect(fakes.asked().registry).toEqual(['manifest'])
    await fakes.waitForDeferred()
    fakes.forget()
    expect(await read(fakes.tiers(), A)).toBe(A.text)
    expect(fakes.asked()).toEqual({ ...NOTHING, cache: 2 })
  })

  it('asks the Durable Object while KV is behind the pointer, or ahead of it', async () => {
    const fakes = holding(A, B)
    fakes.kv.publish(A)
    expect(await read(fakes.tiers(), B)).toBe(B.text)
    fakes.kv.publish(B)
    expect(await read(fakes.tiers(), A)).toBe(A.text)
    expect(fakes.asked().registry).toEqual(['manifest', 'manifest'])
  })
})

describe('loadVersion() while a tier fails', () => {
  it.each([[['kv']], [['cache']], [['registry']], [['kv', 'cache']], [['cache', 'registry']]] as const)(
    'still answers without %j',
    async (broken) => {
      const fakes = holding(A)
      for (const tier of broken) fakes[tier].failing = true
      expect(await read(fakes.tiers(), A)).toBe(A.text)
      expect(await readModels(fakes.tiers(), A)).toEqual(modelsOf(A))
      await fakes.waitForDeferred()
    },
  )

  it('still answers while KV is empty', async () => {
    const fakes = holding(A)
    fakes.kv.entries.clear()
    expect(await read(fakes.tiers(), A)).toBe(A.text)
  })

  it('still answers from the cache alone', async () => {
    const fakes = holding(A)
    await read(fakes.tiers(), A)
    await fakes.waitForDeferred()
    fakes.forget()
    fakes.kv.failing = true
    fakes.registry.failing = true
    expect(await read(fakes.tiers(), A)).toBe(A.text)
  })

  it('is correct with a cache that never matches', async () => {
    const fakes = holding(A, B)
    for (const version of [A, B, A]) {
      expect(await read(fakes.tiers(), version)).toBe(version.text)
      await fakes.waitForDeferred()
      fakes.cache.entries.clear()
      fakes.forget()
    }
  })

  it.each([
    ['text that is not JSON', 'not JSON'],
    ['nothing', ''],
    ['another version', B.text],
    ['a fact that was changed', A.text.replace('"name":"A"', '"name":"X"')],
    ['a truncated text', A.text.slice(0, -1)],
    ['a text with more after it', `${A.text} `],
    ['another head', A.text.replace('example.com', 'example.org"')],
  ])('asks the Durable Object if KV has %s under the name of the version', async (_, value) => {
    const fakes = holding(A)
    fakes.kv.entries.set('manifest', { value, metadata: A.pointer })
    expect(await read(fakes.tiers(), A)).toBe(A.text)
    expect(fakes.asked().registry).toEqual(['manifest'])
  })

  it.each([[null], ['text'], [{}], [{ version: 1 }]])(
    'asks the Durable Object when the metadata in KV is %j',
    async (metadata) => {
      const fakes = holding(A)
      fakes.kv.entries.set('manifest', { value: A.text, metadata })
      expect(await read(fakes.tiers(), A)).toBe(A.text)
    },
  )

  it.each([
    ['text that is not JSON', 'not JSON'],
    ['another version', B.text],
    ['a fact that was changed', A.text.replace('"name":"A"', '"name":"X"')],
  ])('uses no manifest from a cache that has %s, and stores the right one there', async (_, text) => {
    const fakes = holding(A)
    await read(fakes.tiers(), A)
    await fakes.waitForDeferred()
    fakes.cache.overwrite(text)
    fakes.forget()
    expect(await read(fakes.tiers(), A)).toBe(A.text)
    await fakes.waitForDeferred()
    fakes.forget()
    fakes.asked()
    expect(await read(fakes.tiers(), A)).toBe(A.text)
    expect(fakes.asked()).toEqual({ ...NOTHING, cache: 2 })
  })

  it('throws if the bytes from the Durable Object do not match the digest', async () => {
    const fakes = new FakeTiers()
    fakes.registry.commits.push({ ...A, text: B.text })
    await expect(read(fakes.tiers(), A)).rejects.toThrow(A.pointer.version)
  })
})

describe('readView()', () => {
  it('builds a body once for each version and path', async () => {
    const fakes = holding(A, B)
    let rendered = 0
    const render = (version: LoadedVersion) => {
      rendered += 1
      return jsonListView(modelsIn(version))
    }
    for (const [version, key] of [
      [A, 'x'],
      [A, 'x'],
      [A, 'y'],
      [B, 'x'],
      [B, 'x'],
      [A, 'x'],
    ] as const)
      await readView(fakes.tiers(), version.pointer, key, render)
    expect(rendered).toBe(3)
  })

  it('shares the body and its count with another isolate of the data centre, without the manifest', async () => {
    const fakes = holding(A)
    await readModels(fakes.tiers(), A)
    await fakes.waitForDeferred()
    fakes.forget()
    fakes.asked()
    expect(await readModels(fakes.tiers(), A)).toEqual(modelsOf(A))
    expect(fakes.asked()).toEqual({ ...NOTHING, cache: 1 })
    expect(await readModels(fakes.tiers(), A)).toEqual(modelsOf(A))
    expect(fakes.asked()).toEqual(NOTHING)
  })

  it.each(['text/html; charset=utf-8', 'application/xml', 'application/x-ndjson', 'text/plain; charset=utf-8'])(
    'keeps %s in memory and in the cache, with its count',
    async (contentType) => {
      const fakes = holding(A)
      const render = (version: LoadedVersion) => textView(`é ${modelsIn(version)[0]?.name}`, contentType, 1)
      const view = tagView(textView('é A', contentType, 1))
      const readIt = () => readView(fakes.tiers(), A.pointer, 'view', render)
      expect(await readIt()).toEqual(view)
      await fakes.waitForDeferred()
      fakes.asked()
      expect(await readIt()).toEqual(view)
      expect(fakes.asked()).toEqual(NOTHING)
      fakes.forget()
      expect(await readIt()).toEqual(view)
      expect(fakes.asked()).toEqual({ ...NOTHING, cache: 1 })
    },
  )

  it('never uses the body of one version or path for another', async () => {
    const fakes = holding(A, B, C)
    for (const version of [A, B, C]) {
      expect(await readModels(fakes.tiers(), version)).toEqual(modelsOf(version))
      await fakes.waitForDeferred()
      fakes.forget()
    }
    const providers = await readView(fakes.tiers(), A.pointer, 'models?name=A&x=%2F', () => jsonView('other'))
    expect(textOf(providers?.bytes)).toBe('"other"')
    expect(providers).not.toHaveProperty('total')
  })

  it('caches nothing that a version does not have', async () => {
    const fakes = holding(A)
    const missing = () => readView(fakes.tiers(), A.pointer, 'models/gone-x', () => undefined)
    expect(await missing()).toBeUndefined()
    await fakes.waitForDeferred()
    expect([...fakes.cache.entries.keys()].filter((url) => url.includes('gone'))).toEqual([])
    expect(await missing()).toBeUndefined()
  })

  it('reads a version without the cache if bodies are private', async () => {
    const fakes = holding(A)
    const tiers = fakes.tiers({ isPrivate: true })
    expect(await readModels(tiers, A)).toEqual(modelsOf(A))
    expect(await read(tiers, A)).toBe(A.text)
    await fakes.waitForDeferred()
    expect([fakes.cache.matches, fakes.cache.puts]).toEqual([0, 0])
  })

  it('uses no private body from a cache that was filled while reads were public', async () => {
    const fakes = holding(A)
    await readModels(fakes.tiers(), A)
    await fakes.waitForDeferred()
    fakes.cache.overwrite('"poisoned"')
    fakes.forget()
    expect(await readModels(fakes.tiers({ isPrivate: true }), A)).toEqual(modelsOf(A))
  })
})
