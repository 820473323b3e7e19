/** The first read of a client without `providers`: it asks for the newest commit and for the thing itself at once. */
import { describe, expect, it, vi } from 'vitest'
import type { Registry, Reply } from '../../../src/client/index.ts'
import { NEWEST, sendJson, sendProblem, sendText } from '../../support/client/fake-registry.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered } from '../../support/client/published-versions.ts'

const ONE = '/v1/models/acme/acme-one'
const prices = [1, 2, 3]
const content = (price: number) => catalogue([numbered(price), numbered(1, 'acme-two')])

async function started() {
  const fake = await startFake(content(1))
  return { fake, registry: connect(fake) }
}

const FIRST_READS: [string, string, (registry: Registry) => Promise<Reply<unknown>>][] = [
  ['getModel()', ONE, (registry) => registry.getModel('acme', 'acme-one')],
  ['find() with a provider', ONE, (registry) => registry.find('acme/acme-one')],
  ['find()', '/v1/models/search?model=acme-one', (registry) => registry.find('acme-one')],
  ['searchModels()', '/v1/models/search?q=one', (registry) => registry.searchModels({ q: 'one' })],
  ['costOf()', ONE, (registry) => registry.costOf('acme/acme-one', { input_tokens: 1, output_tokens: 1 })],
]

describe('a first read', () => {
  it.each(FIRST_READS)('such as %s takes one round trip', async (_, path, read) => {
    const { fake, registry } = await started()
    const held: (() => void)[] = []
    // Nothing is answered before both were asked.
    const fetchTogether = vi.fn(async (url: string, init: RequestInit) => {
      await new Promise<void>((resolve) => {
        held.push(resolve)
        if (held.length === 2) for (const release of held) release()
      })
      return fetch(url, init)
    })
    const together = connect(fake, { fetch: fetchTogether })
    const { data, cached, stale } = await read(together)
    expect({ cached, stale }).toEqual({ cached: false, stale: false })
    expect(fake.takeAsked().toSorted()).toEqual([path, NEWEST].toSorted())
    expect(data).toEqual((await read(registry)).data)
  })

  it('is in memory for the next one, and later reads go by its version', async () => {
    const { fake, registry } = await started()
    await registry.getModel('acme', 'acme-one')
    fake.takeAsked()
    expect((await registry.getModel('acme', 'acme-one')).cached).toBe(true)
    await registry.getModel('acme', 'acme-two')
    expect(fake.asked).toEqual([`/v1/models/acme/acme-two?version=${fake.current.manifest.version}`])
  })

  it('bypasses the HTTP cache, whose answer may be of an earlier version', async () => {
    const fake = await startFake()
    const modes: (string | undefined)[] = []
    const fetchAndNote = (url: string, init: RequestInit) => {
      modes.push(init.cache)
      return fetch(url, init)
    }
    await connect(fake, { fetch: fetchAndNote }).getModel('acme', 'acme-one')
    expect(modes).toEqual(['no-store', 'no-store'])
  })

  it('asks again by version where a commit came in between', async () => {
    const { fake, registry } = await started()
    const { manifest } = fake.current
    fake.misbehave = (path) => {
      if (path === ONE) fake.commit(content(2))
      return false
    }
    const { data } = await registry.getModel('acme', 'acme-one')
    const { data: id } = await registry.getVersion()
    const price = fake.commits.find((commit) => commit.manifest.version === id?.version)?.manifest.models[0]
    expect(data).toEqual(price)
    expect([manifest.version, fake.current.manifest.version]).toContain(id?.version)
  })

  it.each(['older', 'newer'])('takes no answer of an %s version than the newest commit', async (which) => {
    const { fake, registry } = await started()
    for (const price of prices.slice(1)) fake.commit(content(price))
    const [first, second, third] = fake.commits
    const [wrong, newest] = which === 'older' ? [first, third] : [third, second]
    fake.misbehave = (path, response) => {
      if (path.startsWith(NEWEST)) return sendJson(response, [newest?.info])
      if (path !== ONE) return false
      response.setHeader('x-registry-version', wrong?.manifest.version ?? '')
      return sendJson(response, wrong?.manifest.models[0])
    }
    const { data, stale } = await registry.getModel('acme', 'acme-one')
    expect({ data, stale }).toEqual({ data: newest?.manifest.models[0], stale: false })
    expect(fake.asked.at(-1)).toBe(`${ONE}?version=${newest?.manifest.version}`)
  })

  it('asks again by version where a proxy removed the header that names it', async () => {
    const { fake, registry } = await started()
    const { version, models } = fake.current.manifest
    fake.misbehave = (path, response) => path === ONE && sendJson(response, models[0])
    expect((await registry.getModel('acme', 'acme-one')).data).toEqual(models[0])
    expect(fake.asked.at(-1)).toBe(`${ONE}?version=${version}`)
  })

  it.each([
    ['is not found', 404, 'not-found'],
    ['fails', 500, 'internal'],
  ])('asks again by version where it %s', async (_, status, code) => {
    const { fake, registry } = await started()
    fake.misbehave = (path, response) => path === ONE && sendProblem(response, status, code, 'not now')
    expect((await registry.getModel('acme', 'acme-one')).data?.value).toBe('acme-one')
  })

  it('asks again by version where something else answered', async () => {
    const { fake, registry } = await started()
    fake.misbehave = (path, response) => path === ONE && sendText(response, '<html>', 'text/html')
    expect((await registry.getModel('acme', 'acme-one')).data?.value).toBe('acme-one')
  })

  it('waits for neither once the newest commit cannot be asked for', async () => {
    const { fake, registry } = await started()
    const closed = new Promise((resolve) => {
      fake.misbehave = (path, response) => {
        if (path.startsWith(NEWEST)) return sendProblem(response, 401, 'unauthorized', 'a token is needed')
        response.once('close', resolve)
        return true
      }
    })
    expect((await registry.getModel('acme', 'acme-one')).error).toMatchObject({ code: 'unauthorized' })
    await closed
  })

  it('ends with the signal of the call, and so do both requests', async () => {
    const { fake, registry } = await started()
    let open = 0
    fake.misbehave = (_path, response) => {
      open += 1
      response.once('close', () => {
        open -= 1
      })
      return true
    }
    const controller = new AbortController()
    const call = registry.getModel('acme', 'acme-one', { signal: controller.signal })
    await vi.waitFor(() => expect(open).toBe(2), { interval: 1 })
    controller.abort()
    expect((await call).error?.name).toBe('AbortedError')
    await vi.waitFor(() => expect(open).toBe(0))
  })

  it('of two calls at once asks for the newest commit once', async () => {
    const { fake, registry } = await started()
    await Promise.all([registry.getModel('acme', 'acme-one'), registry.getModel('acme', 'acme-two')])
    expect(fake.asked.toSorted()).toEqual([ONE, '/v1/models/acme/acme-two', NEWEST].toSorted())
  })

  it('asks for nothing but the newest commit where that is all it wants', async () => {
    const { fake, registry } = await started()
    await registry.getVersion()
    expect(fake.asked).toEqual([NEWEST])
  })
})
