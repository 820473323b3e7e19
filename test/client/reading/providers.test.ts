/** A client with `providers`: it stores their parts, and answers every read from them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRegistry, DataError, type RegistryOptions } from '../../../src/client/index.ts'
import { NEWEST, sendJson, sendText } from '../../support/client/fake-registry.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { numbered, type Published } from '../../support/client/published-versions.ts'
import { model, provider } from '../../support/rows.ts'

const NAMES = ['alpha', 'beta', 'gamma']

/** Three providers, each with one model at the given price. Alpha is the smallest and the first. */
const content = (prices: number[], names = NAMES) => ({
  providers: names.map((value) => provider({ value })),
  models: names.map((name, index) => ({ ...numbered(prices[index] ?? 0, `${name}-one`), provider: name })),
})

const digestsOf = ({ root }: Published): Record<string, string> => JSON.parse(root)
const partPath = (row: Published, name: string) => `/v1/parts/${digestsOf(row)[name]}`
const headPath = ({ manifest }: Published, name: string) => `/v1/manifest?version=${manifest.version}&provider=${name}`
const partsPath = ({ manifest }: Published) => `/v1/parts?version=${manifest.version}`

async function started(options: Partial<RegistryOptions> = { providers: ['beta', 'alpha'] }) {
  const fake = await startFake(content([1, 1, 1]))
  return { fake, registry: connect(fake, options) }
}

describe('a client of some providers', () => {
  it('fetches their parts, by digest, and answers everything from them', async () => {
    const { fake, registry } = await started()
    const { manifest } = fake.current
    const { data } = await registry.getManifest()
    const some = { providers: manifest.providers.slice(0, 2), models: manifest.models.slice(0, 2) }
    expect(data).toEqual({ ...manifest, ...some })
    expect((await registry.getModels()).data).toEqual(some.models)
    expect((await registry.getProviders()).data).toEqual(some.providers)
    expect((await registry.getProviderModels('beta')).data).toEqual([manifest.models[1]])
    expect((await registry.getModel('alpha', 'alpha-one')).data).toEqual(manifest.models[0])
    expect((await registry.find('beta-one')).data).toEqual(manifest.models[1])
    expect((await registry.searchModels({ q: 'one' })).data).toEqual(some.models)
    expect((await registry.getOffers('alpha/alpha-one')).data?.offers).toEqual([manifest.models[0]])
    expect((await registry.getVersion()).data?.version).toBe(manifest.version)
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0 }
    expect((await registry.costOf('alpha-one', usage)).data?.usd).toBe(1)
    expect((await registry.getModel('gamma', 'gamma-one')).error).toMatchObject({ code: 'not-found' })
    expect(fake.asked).toEqual([
      NEWEST,
      partsPath(fake.current),
      partPath(fake.current, 'alpha'),
      partPath(fake.current, 'beta'),
      headPath(fake.current, 'alpha'),
    ])
  })

  it('later fetches only the parts that changed', async () => {
    const onUpdate = vi.fn()
    const { fake, registry } = await started({ providers: ['alpha', 'beta'], onUpdate })
    await registry.getModels()
    fake.takeAsked()
    expect((await registry.getModels({ forceRefresh: true })).cached).toBe(true)
    expect(fake.takeAsked()).toEqual([NEWEST])

    const second = fake.commit(content([1, 2, 1]))
    expect((await registry.find('beta-one', { forceRefresh: true })).data?.pricing?.input).toBe(2)
    expect(fake.takeAsked()).toEqual([NEWEST, partsPath(second), partPath(second, 'beta'), headPath(second, 'alpha')])
    expect(onUpdate).toHaveBeenCalledTimes(1)
    expect(onUpdate.mock.calls[0]?.[0]?.version).toBe(second.manifest.version)

    const third = fake.commit(content([1, 2, 3]))
    const { data } = await registry.getManifest({ forceRefresh: true })
    expect(data).toMatchObject({ version: third.manifest.version, generatedAt: third.manifest.generatedAt })
    expect(fake.takeAsked()).toEqual([NEWEST, partsPath(third)])
  })

  it('suggests the nearest name for an unknown provider', async () => {
    const { fake, registry } = await started({ providers: ['alpha', 'betta'] })
    const { error } = await registry.getModels()
    expect(error).toMatchObject({ name: 'ProblemError', code: 'not-found' })
    const { version } = fake.current.manifest
    expect(error?.message).toBe(`Cannot read provider "betta": ${version} has no such provider; did you mean "beta"?`)
  })

  it('continues without a provider that the registry no longer has', async () => {
    const { fake, registry } = await started()
    await registry.getModels()
    fake.commit(content([5], ['alpha', 'gamma']))
    const { data, stale } = await registry.getModels({ forceRefresh: true })
    expect(data?.map(({ provider }) => provider)).toEqual(['alpha'])
    expect(stale).toBe(false)
  })

  it('stays at a pinned version, and reads a past moment from its parts', async () => {
    const { fake } = await started()
    const first = fake.current
    const second = fake.commit(content([2, 2, 2]))
    const pinned = connect(fake, { providers: ['alpha'], version: first.manifest.version })
    expect((await pinned.find('alpha-one', { forceRefresh: true })).data?.pricing?.input).toBe(1)
    expect(fake.takeAsked()).toEqual([partsPath(first), partPath(first, 'alpha'), headPath(first, 'alpha')])
    const then = connect(fake, { providers: ['alpha'] }).at('2026-01-02')
    expect((await then.getManifest()).data?.version).toBe(second.manifest.version)
    expect(fake.takeAsked()[0]).toBe('/v1/parts?at=2026-01-02')
  })

  it.each(['openai', [], 5])('cannot be created with the providers %j', (providers) => {
    expect(() => createRegistry({ baseUrl: 'https://registry.test', providers: providers as string[] })).toThrow(
      new TypeError(
        `Cannot create a registry: "providers" is ${JSON.stringify(providers)}, neither "all" nor a list of names`,
      ),
    )
  })
})

describe('a client of all providers', () => {
  it('has exactly the manifest that is served', async () => {
    const { fake, registry } = await started({ providers: 'all' })
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
    fake.commit(content([1, 2, 3, 4], [...NAMES, 'omega']))
    expect((await registry.getManifest({ forceRefresh: true })).data).toEqual(fake.current.manifest)
  })

  it('fetches many parts with one request, each verified by its digest', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `p${index + 100}`)
    const fake = await startFake(
      content(
        names.map(() => 1),
        names,
      ),
    )
    const registry = connect(fake, { providers: 'all' })
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
    const whole = `/v1/manifest?version=${fake.current.manifest.version}`
    expect(fake.takeAsked()).toEqual([NEWEST, partsPath(fake.current), whole])
    const some = connect(fake, { providers: names.slice(1) })
    expect((await some.getModels()).data).toEqual(fake.current.manifest.models.slice(1))
    expect(fake.takeAsked()).toHaveLength(3)
  })
})

describe('parts that are not what they claim to be', () => {
  it.each<[string, string, (text: string) => string]>([
    ['a digest', '/v1/parts?', (text) => text.replace(/"[0-9a-f]{64}"/, `"${'0'.repeat(64)}"`)],
    ['no digests', '/v1/parts?', () => '[]'],
    ['another fact', '/v1/parts/', (text) => text.replace('"input":1', '"input":2')],
    ['spaces', '/v1/parts/', (text) => ` ${text}`],
    ['nothing', '/v1/parts/', () => 'null'],
    ['no head', '/v1/manifest', () => '{}'],
  ])('with %s are a DataError', async (_, path, spoil) => {
    const { fake, registry } = await started()
    const { root, parts, text } = fake.current
    fake.misbehave = (asked, response) => {
      const digest = asked.slice('/v1/parts/'.length)
      const sent = asked.startsWith('/v1/parts?') ? root : (parts.get(digest) ?? text)
      return asked.startsWith(path) && sendText(response, spoil(sent))
    }
    expect((await registry.getModels()).error).toBeInstanceOf(DataError)
  })

  it('leave the last good parts in use, stale', async () => {
    const { fake, registry } = await started()
    await registry.getModels()
    fake.commit(content([2, 2, 2]))
    fake.misbehave = (path, response) => path.startsWith('/v1/parts/') && sendJson(response, {})
    const { data, stale } = await registry.find('alpha-one', { forceRefresh: true })
    expect({ price: data?.pricing?.input, stale }).toEqual({ price: 1, stale: true })
  })
})

describe('stored parts', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'llm-registry-'))
    vi.stubEnv('XDG_CACHE_HOME', folder)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })
  const files = () => readdirSync(join(folder, 'llm-registry')).map((name) => join(folder, 'llm-registry', name))
  const options = { providers: ['alpha', 'beta'], cache: 'fs' } as const

  it('are one file each, next to their list, and serve the next process offline', async () => {
    const { fake, registry } = await started(options)
    const { data } = await registry.getManifest()
    expect(files()).toHaveLength(3)
    await fake.close()
    expect(await connect(fake, options).getManifest()).toMatchObject({ data, cached: true, stale: false })
    const later = connect(fake, { ...options, autoRefreshInterval: 0 })
    expect(await later.getManifest()).toMatchObject({ data, cached: true, stale: true })
  })

  it('are rewritten when they change, and the old ones are deleted', async () => {
    const { fake, registry } = await started(options)
    await registry.getModels()
    const before = files()
    fake.commit(content([1, 2, 1]))
    await registry.getModels({ forceRefresh: true })
    const after = files()
    expect(after).toHaveLength(3)
    expect(after.filter((file) => before.includes(file))).toHaveLength(2)
    fake.takeAsked()
    expect((await connect(fake, options).find('beta-one')).data?.pricing?.input).toBe(2)
    expect(fake.asked).toEqual([])
    await registry.clearCache()
    expect(files()).toEqual([])
  })

  it('are ignored when one of them is corrupt', async () => {
    const { fake, registry } = await started(options)
    await registry.getModels()
    const [part] = files().filter((file) => readFileSync(file, 'utf8').startsWith('{"models"'))
    writeFileSync(part ?? '', readFileSync(part ?? '', 'utf8').replace('"input":1', '"input":9'))
    const { data, cached } = await connect(fake, options).getModels()
    expect({ prices: data?.map(({ pricing }) => pricing?.input), cached }).toEqual({ prices: [1, 1], cached: false })
  })

  it('are not replaced by parts from a location that lags behind', async () => {
    const { fake, registry } = await started(options)
    const old = fake.current
    fake.commit(content([2, 2, 2]))
    await registry.getModels()
    fake.misbehave = (path, response) => path.startsWith('/v1/versions') && sendJson(response, [old.info])
    const next = connect(fake, { ...options, autoRefreshInterval: 0 })
    expect((await next.find('alpha-one')).data?.pricing?.input).toBe(2)
  })

  it('are stored separately for other providers', async () => {
    const { fake, registry } = await started(options)
    await registry.getModels()
    await connect(fake, { ...options, providers: ['gamma'] }).getModels()
    expect(files()).toHaveLength(5)
    fake.takeAsked()
    await connect(fake, { ...options, providers: ['beta', 'alpha'] }).getModels()
    expect(fake.asked).toEqual([])
  })
})

describe('a part without models', () => {
  it('is kept like any other', async () => {
    const fake = await startFake({ providers: [provider(), provider({ value: 'empty' })], models: [model()] })
    const registry = connect(fake, { providers: ['empty', 'acme'] })
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
    expect((await registry.getProviderModels('empty')).data).toEqual([])
  })
})
