/** A client without `providers`: it requests single models and searches, and reads lists from the whole manifest. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { NEWEST, sendJson, wholeOf } from '../../support/client/fake-registry.ts'
import { connect, startBoth, startFake } from '../../support/client/fixture.ts'
import { numbered } from '../../support/client/published-versions.ts'
import { row } from '../../support/core/listed-models.ts'
import { provider } from '../../support/rows.ts'

const PROVIDERS = [provider(), provider({ value: 'other' })]
const BIG = { lab: 'acme', family: 'acme/big' }

/** A model at its lab, and at a cheaper host. */
const content = (price: number) => ({
  providers: PROVIDERS,
  models: [
    row('big', { ...BIG, firstParty: true, pricing: { blended: price } }),
    numbered(1, 'small'),
    row('acme/big', { ...BIG, provider: 'other', pricing: { blended: price / 2 } }),
  ],
})

async function started() {
  const fake = await startFake(content(4))
  return { fake, registry: connect(fake) }
}

describe('a single read', () => {
  it('requests only what it needs, after the first by version', async () => {
    const { fake, registry } = await started()
    const { version } = fake.current.manifest
    const { data, cached, stale } = await registry.getModel('acme', 'big')
    expect({ data, cached, stale }).toEqual({ data: fake.current.manifest.models[0], cached: false, stale: false })
    expect((await registry.searchModels({ lab: 'acme', sort: '-price', limit: 1 })).data).toHaveLength(1)
    expect((await registry.getVersion()).data?.version).toBe(version)
    expect(fake.asked).toEqual([
      '/v1/models/acme/big',
      NEWEST,
      `/v1/models/search?lab=acme&sort=-price&limit=1&version=${version}`,
    ])
  })

  it('is answered from memory the second time, with a new list', async () => {
    const { fake, registry } = await started()
    const first = await registry.searchModels({ q: 'big' })
    fake.takeAsked()
    first.data?.splice(0)
    const { data, cached } = await registry.searchModels({ q: 'big' })
    expect(data).toHaveLength(2)
    expect(cached).toBe(true)
    expect(fake.asked).toEqual([])
  })

  it('is sent again only if the new version has a different response', async () => {
    const { fake, registry } = await started()
    await Promise.all([registry.getModel('acme', 'big'), registry.getModel('acme', 'small')])
    const { version } = fake.commit(content(6)).manifest
    const statuses: [string, number][] = []
    fake.misbehave = (path, response) => {
      response.once('finish', () => statuses.push([path, response.statusCode]))
      return false
    }
    const small = await registry.getModel('acme', 'small', { forceRefresh: true })
    expect(small).toMatchObject({ data: { value: 'small' }, cached: true, stale: false })
    expect((await registry.getModel('acme', 'big')).data?.pricing?.blended).toBe(6)
    expect(statuses.slice(1)).toEqual([
      [`/v1/models/acme/small?version=${version}`, 304],
      [`/v1/models/acme/big?version=${version}`, 200],
    ])
  })

  it('checks for a newer version once the interval has passed, and fetches nothing that it already has', async () => {
    const { fake, registry } = await started()
    await registry.getModel('acme', 'big')
    fake.takeAsked()
    const statuses: number[] = []
    fake.misbehave = (_path, response) => {
      response.once('finish', () => statuses.push(response.statusCode))
      return false
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 })
    try {
      expect(await registry.getModel('acme', 'big')).toMatchObject({ cached: true, stale: false })
    } finally {
      vi.useRealTimers()
    }
    expect(fake.asked).toEqual([NEWEST])
    await vi.waitFor(() => expect(statuses).toEqual([304]))
  })

  it('does not check for a newer version by itself after stopAutoRefresh', async () => {
    const { fake, registry } = await started()
    await registry.getModel('acme', 'big')
    registry.stopAutoRefresh()
    fake.takeAsked()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    try {
      expect((await registry.getModel('acme', 'big')).stale).toBe(false)
    } finally {
      vi.useRealTimers()
    }
    expect(fake.takeAsked()).toEqual([])
    expect((await registry.checkForUpdates()).data?.updated).toBe(false)
    expect(fake.asked).toEqual([NEWEST])
  })

  it('is answered by a stored manifest if the registry cannot be reached', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'llm-registry-'))
    vi.stubEnv('XDG_CACHE_HOME', folder)
    try {
      const { fake } = await started()
      await connect(fake, { cache: 'fs' }).getModels()
      await fake.close()
      const next = connect(fake, { cache: 'fs' })
      expect(await next.find('big')).toMatchObject({ data: { value: 'big' }, cached: true })
    } finally {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true })
    }
  })

  it('is answered from the manifest once a list has fetched it', async () => {
    const { fake, registry } = await started()
    await registry.getModels()
    await registry.getProviders()
    await registry.getProviderModels('acme')
    await registry.getManifest()
    await registry.find('big')
    await registry.searchModels({ q: 'big' })
    expect(fake.asked).toEqual([NEWEST, wholeOf(fake.current)])
  })

  it('is stale if the registry cannot be reached, and an error if nothing is cached', async () => {
    const { fake, registry } = await started()
    await registry.getModel('acme', 'big')
    await fake.close()
    const known = await registry.getModel('acme', 'big', { forceRefresh: true })
    expect(known).toMatchObject({ data: { value: 'big' }, cached: true, stale: true })
    expect((await registry.getModel('acme', 'small')).error?.name).toBe('NetworkError')
  })
})

describe('an id', () => {
  it.each([
    ['acme/big', 1],
    ['other/acme/big', 1],
    ['big', 1],
    ['BIG-latest', 1],
  ])('such as %s is found with at most %i search', async (id, searches) => {
    const { fake, registry } = await started()
    const { data } = await registry.find(id)
    const local = connect(fake, { providers: 'all' })
    expect(data).toEqual((await local.find(id)).data)
    expect(fake.asked.filter((path) => path.startsWith('/v1/models/search')).length).toBeLessThanOrEqual(searches)
  })

  it('that matches no model fetches the manifest, to suggest the nearest', async () => {
    const { fake, registry } = await started()
    const { error } = await registry.find('bgi')
    expect(error).toMatchObject({ code: 'not-found' })
    expect(error?.message).toContain('did you mean "acme/big"?')
    expect(fake.asked).toContain(wholeOf(fake.current))
  })

  it('has offers and a cost, read from the same version', async () => {
    const { fake, registry } = await started()
    const { version } = fake.current.manifest
    await registry.getVersion()
    // The registry gets a new commit between the two requests of the call.
    fake.misbehave = (path) => {
      if (path.startsWith('/v1/models/acme/big?')) fake.commit(content(8))
      return false
    }
    const { data } = await registry.getOffers('acme/big')
    expect(data?.offers.map(({ pricing }) => pricing?.blended)).toEqual([2, 4])
    expect(fake.asked.filter((path) => path.includes('?version='))).toEqual([
      `/v1/models/acme/big?version=${version}`,
      `/v1/models/acme/big/offers?version=${version}`,
    ])
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0 }
    expect((await registry.costOf('acme/small', usage)).data?.usd).toBe(1)
  })
})

describe('a reader of a past moment', () => {
  it('sends it, and every request of a call reads the same version', async () => {
    const { fake, registry } = await started()
    const [first] = fake.commits
    fake.misbehave = (path, response) => {
      if (!path.includes('at=2026-01-01')) return false
      response.setHeader('x-registry-version', first?.manifest.version ?? '')
      return sendJson(response, first?.manifest.models[0])
    }
    const then = registry.at('2026-01-01')
    expect((await then.getOffers('acme/big')).data?.family).toBe('acme/big')
    expect((await then.getModel('acme', 'big')).cached).toBe(true)
    expect(fake.asked).toEqual([
      '/v1/models/acme/big?at=2026-01-01',
      `/v1/models/acme/big/offers?version=${first?.manifest.version}`,
    ])
  })
})

describe('a response from a location that lags behind', () => {
  it('moves neither a list nor a single model to an older version', async () => {
    const { fake, registry } = await startBoth()
    const old = fake.current
    const second = fake.commit(content(2))
    const reader = connect(fake)
    expect((await registry.getManifest()).data).toEqual(second.manifest)
    expect((await reader.getVersion()).data?.version).toBe(second.manifest.version)
    fake.misbehave = (path, response) => path.startsWith('/v1/versions') && sendJson(response, [old.info])
    for (const options of [{ forceRefresh: true }, {}]) {
      expect((await registry.getManifest(options)).data).toEqual(second.manifest)
      expect((await reader.getModel('acme', 'small', options)).data).toEqual(second.manifest.models[1])
    }
    fake.misbehave = () => false
    const third = fake.commit(content(3))
    expect((await registry.getManifest({ forceRefresh: true })).data).toEqual(third.manifest)
    expect((await reader.getVersion({ forceRefresh: true })).data?.version).toBe(third.manifest.version)
  })
})

describe('a fetch that caches by URL, like that of Next.js', () => {
  it('still returns the newest version in a new process', async () => {
    const fake = await startFake(content(1))
    const kept = new Map<string, Response>()
    const fetchAndKeep = async (url: string, init: RequestInit): Promise<Response> => {
      const response = kept.get(url) ?? (await fetch(url, init))
      if (response.ok) kept.set(url, response.clone())
      return response.clone()
    }
    for (const price of [2, 3, 4]) {
      const { manifest } = fake.commit(content(price))
      await new Promise((resolve) => setTimeout(resolve, 2))
      const modes = [connect(fake, { fetch: fetchAndKeep }), connect(fake, { fetch: fetchAndKeep, providers: 'all' })]
      for (const registry of modes) {
        expect((await registry.getModel('acme', 'big')).data).toEqual(manifest.models[0])
        expect(await registry.getManifest()).toMatchObject({ data: manifest, stale: false })
      }
    }
  })
})
