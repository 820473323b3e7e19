/** A registry that lags, and clocks that are wrong. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { NEWEST, sendJson, sendProblem } from '../support/client/fake-registry.ts'
import { connect, startFake } from '../support/client/fixture.ts'
import { catalogue, numbered } from '../support/client/published-versions.ts'

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

describe('a registry that answers with an older commit', () => {
  it.each(MODES)('does not take a client that %s back', async (_, mode) => {
    const { fake, registry } = await grown(mode)
    const [old] = fake.commits
    fake.misbehave = (path, response) => path.startsWith(NEWEST) && sendJson(response, [old?.info])
    expect((await registry.getModel('acme', 'other', { forceRefresh: true })).error).toBeUndefined()
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
