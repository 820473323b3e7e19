import { reset, runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Memory } from '../../src/edge/memory.ts'
import { getPointer } from '../../src/edge/pointer.ts'
import { resolve } from '../../src/edge/resolve.ts'
import { getShared, putShared } from '../../src/edge/shared-cache.ts'
import { tagView } from '../../src/edge/tagged-view.ts'
import type { Tiers } from '../../src/edge/tiers.ts'
import { loadVersion } from '../../src/edge/versions/read-version.ts'
import { jsonView } from '../../src/views/json-view.ts'
import { textView } from '../../src/views/view.ts'
import { versionOfName } from '../support/edge/fake-tiers.ts'
import { aaRow, recordedPull } from '../support/rows.ts'

const registry = () => env.REGISTRY_DO.getByName('registry')

/** A new isolate in its own data centre, with the real KV, cache and Durable Object. */
async function newIsolate(): Promise<{ tiers: Tiers; waitForDeferred(): Promise<unknown> }> {
  const deferred: Promise<unknown>[] = []
  const tiers = {
    memory: new Memory(),
    cache: await caches.open(crypto.randomUUID()),
    kv: env.REGISTRY,
    registry: registry(),
    clock: Date.now,
    defer: (work: Promise<unknown>) => void deferred.push(work),
  }
  return { tiers, waitForDeferred: () => Promise.all(deferred) }
}

async function commit(name: string, fetchedAt: string): Promise<string> {
  await registry().importPull(
    new TextEncoder().encode(JSON.stringify(recordedPull([aaRow({ name })], { fetchedAt }))),
    false,
  )
  const pointer = await registry().current()
  return new TextDecoder().decode((await registry().manifest(pointer?.seq ?? 0))?.bytes)
}

/** Waits until KV has the commit. The alarm of the object may have fired by itself. */
async function published(seq: number): Promise<void> {
  await vi.waitFor(async () => {
    await runDurableObjectAlarm(registry())
    expect(await env.REGISTRY.get('current', 'json')).toMatchObject({ seq })
  })
}

async function readCurrent(tiers: Tiers): Promise<string | undefined> {
  const pointer = await getPointer(tiers)
  return pointer && new TextDecoder().decode((await loadVersion(tiers, pointer)).bytes)
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await reset()
})

describe('the tiers of the platform', () => {
  it('serve a commit before and after it is published', async () => {
    const text = await commit('A', '2026-10-01T02:00:00.000Z')
    expect(await readCurrent((await newIsolate()).tiers)).toBe(text)
    await published(1)
    expect(await readCurrent((await newIsolate()).tiers)).toBe(text)
  })

  it('read a published version in a new isolate without the Durable Object', async () => {
    const text = await commit('A', '2026-10-01T02:00:00.000Z')
    await published(1)
    const { tiers } = await newIsolate()
    const absent = () => Promise.reject(new Error('The object was asked'))
    const none = {
      ...{ current: absent, resolve: absent, manifest: absent, part: absent },
      ...{ priceBook: absent, lastSeen: absent, fill: absent },
    }
    expect(await readCurrent({ ...tiers, registry: none })).toBe(text)
  })

  it('read the past by version and time', async () => {
    const text = await commit('A', '2026-10-01T02:00:00.000Z')
    await commit('B', '2026-10-02T02:00:00.000Z')
    const { tiers } = await newIsolate()
    const hex = JSON.parse(text).etag.slice(1, 13)
    for (const selector of [
      { by: 'version' as const, hex },
      { by: 'at' as const, time: Date.parse('2026-10-02T01:00:00Z') },
    ]) {
      const found = await resolve(tiers, selector)
      if (!found.ok) throw new Error(found.failure.detail)
      expect(found.value.isFinal).toBe(true)
      expect(new TextDecoder().decode((await loadVersion(tiers, found.value.pointer)).bytes)).toBe(text)
    }
  })

  it('serve a seed, until there is a commit', async () => {
    const seed = versionOfName('seed', 0).text
    await env.REGISTRY.put('manifest', `${JSON.stringify(JSON.parse(seed), null, 2)}\n`)
    expect(JSON.parse((await readCurrent((await newIsolate()).tiers)) ?? '')).toEqual(JSON.parse(seed))
    const text = await commit('A', '2026-10-01T02:00:00.000Z')
    expect(await readCurrent((await newIsolate()).tiers)).toBe(text)
  })

  it.each(['not JSON', '{}', '{"seq":99}', '"\u0000'])('bypass KV if it has %j', async (value) => {
    const text = await commit('A', '2026-10-01T02:00:00.000Z')
    await published(1)
    await env.REGISTRY.put('current', value)
    await env.REGISTRY.put('manifest', value, { metadata: { version: JSON.parse(text).version } })
    expect(await readCurrent((await newIsolate()).tiers)).toBe(text)
  })
})

describe('views in the cache of the platform', () => {
  it.each([
    ['models', 'application/json', undefined],
    ['models/search?name=%2F%3F&limit=1', 'text/html; charset=utf-8', 17],
    ['models/acme/a/b:free?x=é#1', 'application/x-ndjson', 0],
    [`models/search?name=${'x'.repeat(2000)}`, 'application/xml', 1],
    ['models.txt', 'text/plain; charset=utf-8', undefined],
  ])('are read back as they were stored: %s', async (key, contentType, total) => {
    const { tiers, waitForDeferred } = await newIsolate()
    const view = tagView(textView('[{"name":"é"}]', contentType, total))
    putShared(tiers, 'v1.0123456789ab', key, view)
    await waitForDeferred()
    expect(await getShared(tiers, 'v1.0123456789ab', key)).toEqual(view)
    expect(await getShared(tiers, 'v1.0123456789ac', key)).toBeUndefined()
    expect(await getShared(tiers, 'v1.0123456789ab', `${key}&`)).toBeUndefined()
  })

  it('may be cached for a year by clients', async () => {
    const { tiers, waitForDeferred } = await newIsolate()
    const put = vi.fn(async (_key: unknown, _response: Response) => undefined)
    putShared(
      { ...tiers, cache: { match: async () => undefined, put } as never },
      'v1.0123456789ab',
      'models',
      tagView(jsonView([])),
    )
    await waitForDeferred()
    expect(put.mock.calls[0]?.[1].headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })
})
