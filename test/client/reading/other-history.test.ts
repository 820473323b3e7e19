/** A registry with another history, such as after the restore of a backup, and clocks that are wrong. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { NEWEST, sendJson, sendProblem } from '../../support/client/fake-registry.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered } from '../../support/client/published-versions.ts'

const HOUR = 3_600_000
const content = (price: number) => catalogue([numbered(price), numbered(1, 'other')])
const setClock = (time: number) => vi.useFakeTimers({ toFake: ['Date'], now: time })
afterEach(() => {
  vi.useRealTimers()
})

const MODES = [
  ['keeps nothing', {}],
  ['keeps parts', { providers: ['acme'] }],
  ['keeps all', { providers: 'all' }],
] as const

async function grown(mode: object = {}) {
  const fake = await startFake(content(1))
  for (const price of [2, 3, 4, 5]) fake.commit(content(price))
  const registry = connect(fake, mode)
  expect((await registry.getModel('acme', 'acme-one')).data?.pricing?.input).toBe(5)
  return { fake, registry }
}

describe('a registry that has another history since', () => {
  it.each(MODES)('is followed by a client that %s, although its commits have lower numbers', async (_, mode) => {
    const { fake, registry } = await grown(mode)
    fake.startAgain(content(70))
    const { data, error, stale } = await registry.getModel('acme', 'acme-one', { forceRefresh: true })
    expect(error).toBeUndefined()
    expect({ input: data?.pricing?.input, stale }).toEqual({ input: 70, stale: false })
    fake.commit(content(71))
    expect((await registry.getModel('acme', 'acme-one', { forceRefresh: true })).data?.pricing?.input).toBe(71)
  })

  it.each(MODES)('is followed after an hour by a client that %s, where it has the same content', async (_, mode) => {
    const { fake, registry } = await grown(mode)
    const { manifest } = fake.current
    fake.startAgain(content(5))
    expect(fake.commit(content(5)).manifest.version).toBe(manifest.version)
    const next = fake.commit(content(6))
    const read = async () => (await registry.getModel('acme', 'acme-one', { forceRefresh: true })).data?.pricing?.input
    expect(await read()).toBe(5)
    setClock(Date.now() + HOUR)
    expect(await read()).toBe(6)
    expect((await registry.getVersion()).data?.version).toBe(next.manifest.version)
  })

  it('is not taken for one that lags: a commit that it still has stays the newest', async () => {
    const { fake, registry } = await grown()
    const [old] = fake.commits
    fake.misbehave = (path, response) => path.startsWith(NEWEST) && sendJson(response, [old?.info])
    expect((await registry.getModel('acme', 'other', { forceRefresh: true })).error).toBeUndefined()
    expect((await registry.getVersion()).data?.version).toBe(fake.current.manifest.version)
    expect(fake.asked.filter((path) => path.startsWith('/v1/versions/'))).toHaveLength(1)
  })

  it('is not taken for one that lags where it cannot be asked', async () => {
    const { fake, registry } = await grown()
    const [old] = fake.commits
    fake.misbehave = (path, response) => {
      if (path.startsWith(NEWEST)) return sendJson(response, [old?.info])
      return path.startsWith('/v1/versions/') && sendProblem(response, 500, 'internal', 'broken')
    }
    await registry.getVersion({ forceRefresh: true })
    expect((await registry.getVersion()).data?.version).toBe(fake.current.manifest.version)
  })
})

describe('a clock', () => {
  it('at the beginning of its time still asks for the newest commit', async () => {
    const fake = await startFake(content(1))
    for (let price = 2; price < 30; price++) fake.commit(content(price))
    setClock(7)
    expect((await connect(fake).getModel('acme', 'acme-one')).data?.pricing?.input).toBe(29)
  })

  it.each(MODES)('that was ahead when a refresh failed does not stop a client that %s', async (_, mode) => {
    const { fake, registry } = await grown(mode)
    const now = Date.now()
    setClock(now + 365 * 24 * HOUR)
    fake.misbehave = (_path, response) => sendProblem(response, 503, 'restoring', 'not now')
    expect((await registry.getModel('acme', 'acme-one')).stale).toBe(true)
    fake.misbehave = () => false
    fake.commit(content(8))
    setClock(now)
    await registry.getVersion()
    setClock(now + HOUR)
    expect((await registry.getModel('acme', 'acme-one')).data?.pricing?.input).toBe(8)
  })

  it.each(MODES)('that is set back makes a client that %s ask again', async (_, mode) => {
    const { fake, registry } = await grown(mode)
    fake.commit(content(9))
    setClock(Date.now() - 24 * HOUR)
    expect((await registry.getModel('acme', 'acme-one')).data?.pricing?.input).toBe(9)
  })
})
