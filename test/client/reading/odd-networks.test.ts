/** What stands between a client and its registry: proxies that change headers, or answer by themselves. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RegistryOptions } from '../../../src/client/index.ts'
import { sendJson, sendText } from '../../support/client/fake-registry.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered } from '../../support/client/published-versions.ts'

const MODES: [string, Partial<RegistryOptions>][] = [
  ['keeps nothing', {}],
  ['keeps parts', { providers: ['acme'] }],
  ['keeps all', { providers: 'all' }],
]
const content = (price: number) => catalogue([numbered(price), numbered(1, 'other')])
afterEach(() => {
  vi.unstubAllGlobals()
})

describe.each(MODES)('a client that %s', (_, mode) => {
  const started = async (options: Partial<RegistryOptions>) => {
    const fake = await startFake(content(1))
    return { fake, registry: connect(fake, { ...mode, ...options }) }
  }
  const readsAll = async ({ fake, registry }: Awaited<ReturnType<typeof started>>) => {
    for (const price of [2, 3]) {
      const { models } = fake.commit(content(price)).manifest
      const { data, stale } = await registry.getModel('acme', 'acme-one', { forceRefresh: true })
      expect({ data, stale }).toEqual({ data: models[0], stale: false })
      expect((await registry.find('OTHER-latest')).data).toEqual(models[1])
      expect((await registry.getOffers('acme/acme-one')).data?.offers).toHaveLength(1)
      expect((await registry.searchModels({ q: 'one' })).data).toEqual([models[0]])
    }
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
  }

  it('reads through a proxy that removes all headers', async () => {
    const fetchBare = async (url: string, init: RequestInit) => {
      const response = await fetch(url, init)
      return new Response(response.status === 304 ? null : await response.text(), { status: response.status })
    }
    await readsAll(await started({ fetch: fetchBare }))
  })

  it('reads through a proxy that weakens ETags', async () => {
    const fetchWeak = async (url: string, init: RequestInit) => {
      const response = await fetch(url, init)
      const headers = new Headers(response.headers)
      const etag = headers.get('etag')
      if (etag) headers.set('etag', `W/${etag}`)
      return new Response(response.status === 304 ? null : await response.text(), { status: response.status, headers })
    }
    await readsAll(await started({ fetch: fetchWeak }))
  })

  it('reads without WebCrypto', async () => {
    const { randomUUID } = crypto
    vi.stubGlobal('crypto', { randomUUID })
    await readsAll(await started({}))
  })

  it('keeps what it has while a page of the network answers everything', async () => {
    const { fake, registry } = await started({})
    await registry.getModel('acme', 'acme-one')
    fake.misbehave = (_path, response) => sendText(response, '<html>Sign in</html>', 'text/html')
    const { data, error, stale } = await registry.getModel('acme', 'acme-one', { forceRefresh: true })
    expect({ value: data?.value, error, stale }).toEqual({ value: 'acme-one', error: undefined, stale: true })
  })

  it('does not keep answers that are larger than all it may keep', async () => {
    const { fake, registry } = await started({})
    await registry.getModel('acme', 'acme-one')
    const [one] = fake.current.manifest.models
    const huge = { ...one, name: 'x'.repeat(5_000_000) }
    fake.misbehave = (path, response) => path.startsWith('/v1/models/search') && sendJson(response, [huge])
    expect((await registry.searchModels({ q: 'one' })).error).toBeUndefined()
    fake.takeAsked()
    expect((await registry.getModel('acme', 'acme-one')).cached).toBe(true)
    expect(fake.asked).toEqual([])
  })
})
