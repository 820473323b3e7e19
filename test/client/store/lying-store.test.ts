/** Stores that throw, or hold something else than was stored: they cost a request, and never an answer. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect, startFake } from '../../support/client/fixture.ts'
import { numbered } from '../../support/client/published-versions.ts'
import { provider } from '../../support/rows.ts'

const TWO = {
  providers: [provider(), provider({ value: 'beta' })],
  models: [numbered(1), { ...numbered(2, 'beta-one'), provider: 'beta' }],
}
const MODES = [
  ['the manifest', {}],
  ['parts', { providers: ['acme', 'beta'] }],
] as const

/** `localStorage` as a page has it. */
let entries: Map<string, string>
const storage = {
  getItem: vi.fn((key: string) => entries.get(key) ?? null),
  setItem: vi.fn((key: string, text: string) => void entries.set(key, text)),
  removeItem: vi.fn((key: string) => void entries.delete(key)),
}
beforeEach(() => {
  entries = new Map()
  vi.stubGlobal('localStorage', storage)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const change = (key: string, edit: (held: Record<string, unknown>) => unknown) =>
  entries.set(key, JSON.stringify(edit(JSON.parse(entries.get(key) ?? ''))))
const listKey = () => [...entries.keys()].find((key) => !/ [0-9a-f]{64}$/.test(key)) ?? ''
const partKey = () => [...entries.keys()].find((key) => / [0-9a-f]{64}$/.test(key)) ?? ''

async function filled(mode: object) {
  const fake = await startFake(TWO)
  const next = () => connect(fake, { cache: 'localStorage', ...mode })
  await next().getManifest()
  fake.takeAsked()
  return { fake, next }
}

describe('a store that throws', () => {
  const broken = () => {
    throw new Error('forbidden')
  }

  it.each(MODES)('at every use leaves %s in memory', async (_, mode) => {
    vi.stubGlobal('localStorage', { getItem: broken, setItem: broken, removeItem: broken })
    const { fake, next } = await filled(mode)
    const registry = next()
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
    expect((await registry.getManifest({ forceRefresh: true })).cached).toBe(true)
    await registry.clearCache()
    expect((await registry.getManifest()).cached).toBe(false)
  })
})

describe('a list of parts', () => {
  const ofParts = () => filled({ providers: ['acme', 'beta'] })

  it.each<[string, (head: Record<string, unknown>) => unknown]>([
    ['no attribution', ({ attribution: _, ...head }) => head],
    ['no time', ({ generatedAt: _, ...head }) => head],
    ['another version', (head) => ({ ...head, version: 'v1.000000000000' })],
    ['an attribution of another form', (head) => ({ ...head, attribution: [5] })],
  ])('with %s is discarded and rewritten', async (_, edit) => {
    const { fake, next } = await ofParts()
    change(listKey(), (list) => ({ ...list, head: edit(list.head as Record<string, unknown>) }))
    const { data, cached } = await next().getManifest()
    expect({ data, cached }).toEqual({ data: fake.current.manifest, cached: false })
    expect((await next().getManifest()).cached).toBe(true)
  })

  it.each<[string, () => unknown]>([
    ['is missing', () => entries.delete(partKey())],
    ['is corrupt', () => entries.set(partKey(), '{"models":[]}')],
  ])('of which a part %s is rewritten as a whole', async (_, spoil) => {
    const { fake, next } = await ofParts()
    spoil()
    expect(await next().getManifest()).toMatchObject({ data: fake.current.manifest, cached: false })
    fake.takeAsked()
    expect(await next().getManifest()).toMatchObject({ data: fake.current.manifest, cached: true })
    expect(fake.asked).toEqual([])
  })

  it('that two clients write at once can be read afterwards', async () => {
    const { fake, next } = await ofParts()
    const clients = [next(), next(), next()]
    for (const price of [3, 4, 5]) {
      const { manifest } = fake.commit({ ...TWO, models: [numbered(price), ...TWO.models.slice(1)] })
      const replies = await Promise.all(clients.map((client) => client.getManifest({ forceRefresh: true })))
      for (const { data } of replies) expect(data).toEqual(manifest)
    }
    expect(await next().getManifest()).toMatchObject({ data: fake.current.manifest, cached: true })
    expect(entries.size).toBe(3)
  })

  it('is not taken for that of another list of providers', async () => {
    const { fake, next } = await ofParts()
    const one = connect(fake, { cache: 'localStorage', providers: ['acme'] })
    expect((await one.getModels()).data).toEqual(fake.current.manifest.models.slice(0, 1))
    expect((await next().getModels()).data).toEqual(fake.current.manifest.models)
    const all = connect(fake, { cache: 'localStorage', providers: 'all' })
    expect(await all.getManifest()).toMatchObject({ data: fake.current.manifest, cached: false })
  })
})
