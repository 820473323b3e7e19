import { describe, expect, it, vi } from 'vitest'
import type { Diff, Manifest } from '../../../src/client/index.ts'
import { NEWEST, sendJson, wholeOf } from '../../support/client/fake-registry.ts'
import { connect, startBoth } from '../../support/client/fixture.ts'
import { catalogue, diffOf, numbered, published } from '../../support/client/published-versions.ts'
import { model } from '../../support/rows.ts'

/** Enough models that a diff of one model is shorter than the manifest. */
const many = (price: number) => catalogue([numbered(price), ...[1, 2, 3, 4, 5].map((n) => numbered(1, `other-${n}`))])

describe('a first read', () => {
  it('fetches the manifest whole and answers every other read from it', async () => {
    const { fake, registry } = await startBoth()
    const { data, error, cached, stale } = await registry.getManifest()
    expect({ data, error, cached, stale }).toEqual({
      data: fake.current.manifest,
      error: undefined,
      cached: false,
      stale: false,
    })
    expect((await registry.getModels()).cached).toBe(true)
    expect((await registry.getModel('acme', 'acme-one')).data).toEqual(fake.current.manifest.models[0])
    expect((await registry.getProviders()).data).toEqual(fake.current.manifest.providers)
    expect((await registry.getVersion()).data?.version).toBe(fake.current.manifest.version)
    expect(fake.asked).toEqual([NEWEST, wholeOf(fake.current)])
  })

  it('is one request for all concurrent callers', async () => {
    const { fake, registry } = await startBoth()
    const replies = await Promise.all([registry.getModels(), registry.getProviders(), registry.getManifest()])
    expect(replies.map(({ error }) => error)).toEqual([undefined, undefined, undefined])
    expect(fake.asked).toEqual([NEWEST, wholeOf(fake.current)])
  })

  it('keeps a path in the base URL, and accepts a trailing slash', async () => {
    const { fake } = await startBoth()
    await connect({ url: `${fake.url}/llm/` }).getModels()
    expect(fake.asked[0]).toMatch(/^\/llm\/v1\/versions/)
  })
})

describe('a refresh', () => {
  it('keeps the manifest that is still current', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    const { cached, stale, data } = await registry.getModels({ forceRefresh: true })
    expect({ cached, stale }).toEqual({ cached: true, stale: false })
    expect(data).toEqual(fake.current.manifest.models)
    expect(fake.asked).toEqual([NEWEST, wholeOf(fake.current), NEWEST])
  })

  it('fetches the whole manifest if the scale of iq differs, because a diff does not contain the scale', async () => {
    const { fake, registry } = await startBoth()
    const scored = (intelligenceIndexVersion: number) =>
      catalogue([model({ metrics: { intelligenceIndex: 30, intelligenceIndexVersion } }), ...many(1).models])
    fake.commit(scored(4.1))
    await registry.getModels()
    const { manifest } = fake.commit(scored(4.3), 'epoch')
    const { data } = await registry.getManifest({ forceRefresh: true })
    expect(data).toEqual(manifest)
    expect(data?.iqBasis).toBe('epoch')
    expect(fake.asked.at(-1)).toBe(`/v1/manifest?version=${manifest.version}`)
  })

  it('applies the changes since its version', async () => {
    const { fake, registry } = await startBoth()
    const first = fake.commit(many(1))
    await registry.getModels()
    const second = fake.commit(many(2))
    fake.takeAsked()
    const { data, cached } = await registry.getManifest({ forceRefresh: true })
    expect(data).toEqual(second.manifest)
    expect(cached).toBe(false)
    expect(fake.asked).toEqual([NEWEST, `/v1/diff?from=${first.manifest.version}&to=${second.manifest.version}`])
  })

  it('reaches each of ten versions, one of which returned, without fetching a whole manifest', async () => {
    const { fake, registry } = await startBoth()
    fake.commit(many(1))
    await registry.getModels()
    fake.takeAsked()
    for (const price of [2, 3, 4, 2, 5, 6, 7, 8, 9, 10]) {
      fake.commit(many(price))
      const { data } = await registry.getManifest({ forceRefresh: true })
      expect(data?.models).toEqual(fake.current.manifest.models)
    }
    expect(fake.asked.filter((path) => path.startsWith('/v1/manifest'))).toEqual([])
  })

  it('fetches the whole manifest if the diff is longer', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    const second = fake.commit(catalogue([numbered(7)]))
    const { data } = await registry.getManifest({ forceRefresh: true })
    expect(data).toEqual(second.manifest)
    expect(fake.asked.at(-1)).toBe(`/v1/manifest?version=${second.manifest.version}`)
  })

  it('stops reading a diff that is longer than the manifest', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    fake.commit(many(2))
    const sent = new Promise<number>((resolve) => {
      let bytes = 0
      fake.misbehave = (path, response) => {
        if (!path.startsWith('/v1/diff')) return
        const more = setInterval(() => {
          bytes += 100
          response.write(' '.repeat(100))
        }, 1)
        response.once('close', () => {
          clearInterval(more)
          resolve(bytes)
        })
        return true
      }
    })
    expect((await registry.getModels({ forceRefresh: true })).data).toEqual(fake.current.manifest.models)
    expect(await sent).toBeLessThan(10_000)
  })

  it('that abandons a long diff does not abort it for other callers', async () => {
    const { fake, registry } = await startBoth()
    const first = fake.commit(catalogue([numbered(1)]))
    await registry.getModels()
    const second = fake.commit(many(2))
    fake.misbehave = (path, response) => {
      if (path.startsWith('/v1/diff')) setTimeout(() => sendJson(response, diffOf(first, second)), 50)
      return path.startsWith('/v1/diff')
    }
    const refresh = registry.getManifest({ forceRefresh: true })
    await vi.waitFor(() => expect(fake.asked.at(-1)).toContain('/v1/diff'), { interval: 1 })
    const { data } = await registry.getDiff(first.manifest.version, second.manifest.version)
    expect(data).toEqual(diffOf(first, second))
    expect((await refresh).data).toEqual(second.manifest)
  })

  it.each([
    ['leads to another content', (diff: Diff) => ({ ...diff, models: { ...diff.models, changed: [] } })],
    [
      'changes what does not exist',
      (diff: Diff) => ({ ...diff, models: { ...diff.models, changed: [{ provider: 'x', value: 'y', changes: [] }] } }),
    ],
    ['is not a diff', () => ({ hello: 'world' })],
    ['is null', () => null],
    [
      'names a prototype',
      (diff: Diff) => ({
        ...diff,
        models: {
          ...diff.models,
          changed: [{ provider: 'acme', value: 'acme-one', changes: [{ path: '__proto__.polluted', after: true }] }],
        },
      }),
    ],
  ])('fetches the whole manifest if the diff %s', async (_, spoil) => {
    const { fake, registry } = await startBoth()
    const first = fake.commit(many(1))
    await registry.getModels()
    const second = fake.commit(many(2))
    fake.misbehave = (path, response) => path.startsWith('/v1/diff') && sendJson(response, spoil(diffOf(first, second)))
    expect((await registry.getManifest({ forceRefresh: true })).data).toEqual(second.manifest)
    expect(fake.asked.at(-1)).toBe(`/v1/manifest?version=${second.manifest.version}`)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it("fetches the whole manifest if the registry does not have the client's version", async () => {
    const { fake, registry } = await startBoth()
    fake.commit(many(1))
    await registry.getModels()
    fake.commits.splice(0)
    const other = fake.commit(many(2))
    const { data, stale } = await registry.getManifest({ forceRefresh: true })
    expect(data).toEqual(other.manifest)
    expect(stale).toBe(false)
  })

  it('is shared by all concurrent callers', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    fake.takeAsked()
    await Promise.all([1, 2, 3].map(() => registry.getModels({ forceRefresh: true })))
    expect(fake.asked).toEqual([NEWEST])
  })
})

describe('autoRefreshInterval', () => {
  it('refreshes on a read after that time has passed', async () => {
    const { fake, registry } = await startBoth({ autoRefreshInterval: 60_000 })
    await registry.getModels()
    const second = fake.commit(catalogue([numbered(2)]))
    expect((await registry.getModels()).cached).toBe(true)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
    try {
      expect((await registry.getManifest()).data).toEqual(second.manifest)
    } finally {
      vi.useRealTimers()
    }
  })

  it('refreshes by itself, and reports an update with what changed', async () => {
    const updates: [Manifest, Diff | undefined][] = []
    const { fake, registry } = await startBoth({
      autoRefreshInterval: 20,
      onUpdate: (...update) => updates.push(update),
    })
    fake.commit(many(1))
    await registry.getModels()
    expect(updates).toEqual([])
    const second = fake.commit(many(2))
    await vi.waitFor(() => expect(updates).toHaveLength(1))
    expect(updates[0]?.[0]).toEqual(second.manifest)
    expect(updates[0]?.[1]?.models.changed).toMatchObject([{ value: 'acme-one' }])
  })

  it('reports an update without a diff if the whole manifest was fetched', async () => {
    const onUpdate = vi.fn()
    const { fake, registry } = await startBoth({ onUpdate })
    await registry.getModels()
    const second = fake.commit(catalogue([numbered(7)]))
    await registry.getModels({ forceRefresh: true })
    expect(onUpdate.mock.calls).toEqual([[second.manifest, undefined]])
  })

  it('of 0 refreshes once and then only on demand', async () => {
    const { fake, registry } = await startBoth({ autoRefreshInterval: 0 })
    await registry.getModels()
    fake.commit(many(2))
    await new Promise((resolve) => setTimeout(resolve, 30))
    const { stale } = await registry.getModels()
    expect(stale).toBe(false)
    expect(fake.asked).toHaveLength(2)
  })

  it('longer than a timer can hold starts no timer', async () => {
    const { fake, registry } = await startBoth({ autoRefreshInterval: Number.POSITIVE_INFINITY })
    await registry.getModels()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(fake.asked).toHaveLength(2)
  })

  it('ends with stopAutoRefresh', async () => {
    const { fake, registry } = await startBoth({ autoRefreshInterval: 10 })
    await registry.getModels()
    registry.stopAutoRefresh()
    fake.takeAsked()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await registry.getModels()
    expect(fake.asked).toEqual([])
  })
})

describe('checkForUpdates()', () => {
  it('reports whether the version changed, and to what', async () => {
    const { fake, registry } = await startBoth()
    const first = fake.commit(many(1))
    await registry.getModels()
    expect((await registry.checkForUpdates()).data).toMatchObject({
      updated: false,
      version: { version: first.manifest.version },
    })
    const second = fake.commit(many(2))
    const { data } = await registry.checkForUpdates()
    expect(data).toMatchObject({ updated: true, version: { version: second.manifest.version } })
    expect(data?.diff).toEqual(diffOf(first, second))
    expect((await registry.getManifest()).data).toEqual(second.manifest)
  })

  it('fetches a first manifest without calling it an update', async () => {
    const { registry } = await startBoth()
    expect((await registry.checkForUpdates()).data?.updated).toBe(false)
  })

  it('returns the reason if the registry cannot be reached', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    await fake.close()
    expect((await registry.checkForUpdates()).error?.name).toBe('NetworkError')
  })
})

describe('clearCache()', () => {
  it('makes the next read fetch the whole manifest', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    await registry.clearCache()
    expect((await registry.getModels()).cached).toBe(false)
    expect(fake.asked).toEqual([NEWEST, wholeOf(fake.current), NEWEST, wholeOf(fake.current)])
  })

  it('is not undone by a refresh in progress', async () => {
    const { fake, registry } = await startBoth()
    await registry.getModels()
    const refresh = registry.getModels({ forceRefresh: true })
    await registry.clearCache()
    await refresh
    await registry.getModels()
    expect(fake.asked.filter((path) => path === wholeOf(fake.current))).toHaveLength(2)
  })

  it('is not undone by a first read in progress', async () => {
    const { fake, registry } = await startBoth()
    const first = registry.getModels()
    await vi.waitFor(() => expect(fake.asked).not.toEqual([]), { interval: 1 })
    await registry.clearCache()
    await first
    await registry.getModels()
    expect(fake.asked).toEqual([NEWEST, wholeOf(fake.current), NEWEST, wholeOf(fake.current)])
  })
})

describe('what a read returns', () => {
  it('has its own arrays, and models that callers cannot change', async () => {
    const { fake, registry } = await startBoth()
    const { data: mine = [] } = await registry.getModels()
    const [model] = mine
    mine.length = 0
    ;(await registry.getManifest()).data?.attribution.splice(0)
    expect(() => Object.assign(model ?? {}, { name: 'changed' })).toThrow(TypeError)
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
  })

  it('does not depend on `this`', async () => {
    const { registry } = await startBoth()
    const { getModel, searchModels } = registry
    expect((await getModel('acme', 'acme-one')).error).toBeUndefined()
    expect((await searchModels({ name: 'ACME' })).data).toHaveLength(1)
  })
})

describe('a callback that throws', () => {
  it('disturbs neither the read nor the next refresh', async () => {
    const rejections: unknown[] = []
    const note = (reason: unknown) => rejections.push(reason)
    const others = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', note)
    try {
      const { fake, registry } = await startBoth({
        onUpdate: () => {
          throw new Error('mine')
        },
      })
      await registry.getModels()
      for (const price of [2, 3]) {
        const next = fake.commit(many(price))
        expect((await registry.getManifest({ forceRefresh: true })).data).toEqual(next.manifest)
      }
      await vi.waitFor(() => expect(rejections).toHaveLength(2))
    } finally {
      process.removeAllListeners('unhandledRejection')
      for (const listener of others) process.on('unhandledRejection', listener)
    }
  })
})

describe('published()', () => {
  it('returns the same version for the same content', () => {
    expect(published(many(1), 1).manifest.version).toBe(published(many(1), 9).manifest.version)
  })
})
