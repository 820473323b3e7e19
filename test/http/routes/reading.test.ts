import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { Attribution, Manifest, VersionId } from '../../../src/core/schema/history.ts'
import { Model, Provider } from '../../../src/core/schema/model.ts'
import { RegistryStatus } from '../../../src/core/schema/operations.ts'
import { sha256 } from '../../support/core/naive/independent-canonical.ts'
import { independentParts, independentRootText } from '../../support/core/naive/independent-root.ts'
import { BEARER, testApp } from '../../support/http/registry-app.ts'
import { aaProRow, aaRow, recordedPull } from '../../support/rows.ts'

const CURRENT = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=604800'
const IMMUTABLE = 'public, max-age=31536000, immutable'

const VERSIONED: [path: string, schema: z.ZodType][] = [
  ['/v1/manifest', Manifest],
  ['/v1/providers', z.array(Provider)],
  ['/v1/providers/acme', Provider],
  ['/v1/providers/acme/models', z.array(Model)],
  ['/v1/models', z.array(Model)],
  ['/v1/models/search', z.array(Model)],
  ['/v1/models/acme/one', Model],
  ['/v1/parts', z.record(z.string(), z.string())],
  ['/v1/attribution', z.array(Attribution)],
  ['/v1/manifest?provider=acme&provider=unknown', Manifest],
  ['/v1/version', VersionId],
]

const globex = { id: 'creator-of-globex', name: 'Globex' }
const one = aaRow({ slug: 'one', name: 'One (Alpha) ' })
const bare = { id: 'bare-id', name: 'Bare', slug: 'bare' }
const others = [bare, aaRow({ slug: '\uffee' }), aaRow({ slug: '\u{10000}' }), aaRow({ slug: 'Two' })]
const rows = [aaRow({ slug: 'zero', model_creator: globex }), one, ...others]

const first = recordedPull(rows, { fetchedAt: '2025-03-01T02:00:00.000Z' })
const renamed = rows.slice(1).map((row) => (row === one ? { ...row, name: 'One (Beta)' } : row))
const second = recordedPull(renamed, { fetchedAt: '2025-03-02T02:00:00.000Z' })
const app = testApp()
let firstVersion = ''

beforeAll(async () => {
  firstVersion = (await app.take(first)).version ?? ''
  await app.take(second)
})

/**
 * The whole manifest has its own ETag, a provider and its models have that of their part, all else that of the body.
 */
async function tagOf(path: string, response: Response, query = ''): Promise<string> {
  const manifest = await manifestOf(query)
  if (path === '/v1/manifest') return manifest.etag
  const isPart = path.startsWith('/v1/providers/acme')
  const text = isPart ? independentParts(manifest).get('acme') : await response.clone().text()
  return `"${sha256(text ?? '').slice(0, 32)}"`
}

const manifestOf = async (query = ''): Promise<Manifest> =>
  Manifest.parse(await (await app.get(`/v1/manifest${query}`)).json())

describe('every versioned route', () => {
  it.each(VERSIONED)('GET %s returns exactly its schema', async (path, schema) => {
    const response = await app.get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^application\/json\b/)
    const json = await response.json()
    expect(schema.parse(json)).toEqual(json)
  })

  it.each(VERSIONED)('GET %s has its version and its cache lifetime', async (path) => {
    const { version } = await manifestOf()
    const response = await app.get(path)
    expect(response.headers.get('etag')).toBe(await tagOf(path, response))
    expect(response.headers.get('link')).toBe('</v1/attribution>; rel="license"')
    expect(response.headers.get('x-registry-version')).toBe(version)
    expect(response.headers.get('cache-control')).toBe(CURRENT)
  })

  it.each(VERSIONED)('GET %s of a named version returns that version, as immutable', async (path, schema) => {
    const query = `${path.includes('?') ? '&' : '?'}version=${firstVersion}`
    const response = await app.get(path + query)
    expect(response.headers.get('etag')).toBe(await tagOf(path, response, `?version=${firstVersion}`))
    expect(response.headers.get('x-registry-version')).toBe(firstVersion)
    expect(response.headers.get('cache-control')).toBe(IMMUTABLE)
    const [then, now] = [await response.json(), await (await app.get(path)).json()]
    expect(schema.parse(then)).toEqual(then)
    // Only Acme and the attribution are the same in both versions: a model was renamed, and Globex was removed.
    if (!['/v1/providers/acme', '/v1/attribution'].includes(path)) expect(then).not.toEqual(now)
  })

  it.each(VERSIONED)('GET %s at a moment returns the version of that moment', async (path) => {
    const response = await app.get(`${path}${path.includes('?') ? '&' : '?'}at=2025-03-01`)
    expect(response.headers.get('x-registry-version')).toBe(firstVersion)
    expect(response.headers.get('cache-control')).toBe(IMMUTABLE)
  })

  it.each(VERSIONED)('GET %s contains no null and no empty object', async (path) => {
    const text = await (await app.get(path)).text()
    expect(text).not.toMatch(/:null|\{\}/)
  })
})

describe('Cache-Control of ?at=', () => {
  it.each([
    ['2025-03-02T01:59:59.999Z', IMMUTABLE],
    ['2025-03-02T02:00:00Z', IMMUTABLE],
    ['2025-03-02T02:00:00.001Z', CURRENT],
    ['2025-03-01', IMMUTABLE],
    ['2025-03-02', CURRENT],
    ['2999-01-01', CURRENT],
  ])('%s, with the newest commit of 2025-03-02T02:00Z, is "%s"', async (at, cacheControl) => {
    expect((await app.get(`/v1/manifest?at=${at}`)).headers.get('cache-control')).toBe(cacheControl)
  })
})

describe('GET /v1/manifest', () => {
  it.each(['current', 'past'])('is named by the digest of its content: %s', async (which) => {
    const response = await app.get(which === 'past' ? `/v1/manifest?version=${firstVersion}` : '/v1/manifest')
    const { models, providers, version, etag } = Manifest.parse(await response.json())
    const digest = sha256(independentRootText({ models, providers }))
    expect(version).toBe(`v1.${digest.slice(0, 12)}`)
    expect(etag).toBe(`"${digest.slice(0, 32)}"`)
    expect(response.headers.get('etag')).toBe(etag)
  })

  it('sorts providers by value, models by provider and value, in UTF-16 code units', async () => {
    const { providers, models } = await manifestOf(`?version=${firstVersion}`)
    expect(providers.map(({ value }) => value)).toEqual(['acme', 'globex', 'unknown'])
    expect(models.map(({ provider, value }) => `${provider}/${value}`)).toEqual([
      'acme/Two',
      'acme/one',
      'acme/\u{10000}',
      'acme/\uffee',
      'globex/zero',
      'unknown/bare',
    ])
  })

  it('credits its source and has the time when its content was first created', async () => {
    const { attribution, generatedAt } = await manifestOf(`?version=${firstVersion}`)
    expect(attribution).toEqual([
      { name: 'Artificial Analysis', url: 'https://artificialanalysis.ai/', note: expect.any(String) },
    ])
    expect(generatedAt).toBe(first.fetchedAt)
  })
})

describe('the parts of a manifest', () => {
  it('are what the other routes return', async () => {
    const { version, etag, generatedAt, providers, models } = await manifestOf()
    const read = async (path: string): Promise<unknown> => (await app.get(path)).json()
    expect(await read('/v1/version')).toEqual({ version, etag, generatedAt })
    expect(await read('/v1/providers')).toEqual(providers)
    expect(await read('/v1/models')).toEqual(models)
    expect(await read('/v1/models/search')).toEqual(models)
    expect(await read('/v1/providers/acme')).toEqual(providers.find(({ value }) => value === 'acme'))
    expect(await read('/v1/providers/acme/models')).toEqual(models.filter(({ provider }) => provider === 'acme'))
    expect(await read('/v1/models/acme/one')).toEqual(models.find(({ value }) => value === 'one'))
  })

  it('are facts in the terms of the contract', async () => {
    expect(await (await app.get('/v1/models/acme/one')).json()).toEqual({
      id: one.id,
      value: 'one',
      provider: 'acme',
      name: 'One (Beta)',
      alias: 'One',
      lab: 'acme',
      family: 'acme/one-beta',
      firstParty: true,
      type: 'chat',
      capabilities: { text: true },
      iq: 1,
      speed: 2,
      pricing: { input: 1, output: 5, blended: 2 },
      metrics: {
        intelligenceIndex: 30.5,
        intelligenceIndexVersion: 4.1,
        codingIndex: 21.25,
        outputTokensPerSecond: 80.5,
        timeToFirstToken: 0.5,
        timeToFirstAnswer: 1.5,
        endToEnd: 7.5,
      },
      releaseDate: '2026-01-15',
      status: 'active',
    })
    expect(await (await app.get('/v1/models/unknown/bare')).json()).toMatchObject({ provider: 'unknown' })
  })

  it('contain what only the Pro tier states', async () => {
    const pro = aaProRow({ slug: 'pro', modalities: { input: { image: true, speech: false } } })
    const taken = await app.take(recordedPull([pro], { tier: 'pro', fetchedAt: '2025-03-02T03:00:00.000Z' }))
    const response = await app.get(`/v1/models/acme/pro?version=${taken.version}`)
    expect(Model.parse(await response.json())).toMatchObject({
      capabilities: { text: true, vision: true, reasoning: false, audio: false },
      metrics: { contextWindow: 128_000 },
    })
  })
})

describe('the body of a version', () => {
  it('is byte-identical forever, also when its content returns with other credits', async () => {
    const credits = { stand_in_attribution: [{ name: 'Example', url: 'https://example.com/' }] }
    const pullOf = (rows: object[], fetchedAt: string, extra = {}) => {
      const { pages } = recordedPull(rows.map((row) => ({ ...row })))
      return { fetchedAt, pages: pages.map((page) => ({ ...page, ...extra })) }
    }
    const bytes = async (query = ''): Promise<string> => (await app.get(`/v1/manifest${query}`)).text()

    const a = await app.take(pullOf([one], '2025-03-03T02:00:00.000Z'))
    const before = await bytes()
    await app.take(pullOf(others, '2025-03-04T02:00:00.000Z'))
    expect(await bytes(`?version=${a.version}`)).toBe(before)
    const again = await app.take(pullOf([one], '2025-03-05T02:00:00.000Z', credits))

    expect(again).toMatchObject({ outcome: 'committed', version: a.version, seq: (a.seq ?? 0) + 2 })
    expect(await bytes()).toBe(before)
    // A private registry does not use the shared cache, so this response comes from the Durable Object.
    const uncached = await testApp({ READ_TOKEN: 'reader-0123456789' }).get('/v1/manifest', BEARER)
    expect(await uncached.text()).toBe(before)
    expect(await bytes('?at=2025-03-05')).toBe(before)
  })
})

describe('the routes about the registry', () => {
  it.each(['/health', '/v1/status'])('GET %s is neither cached nor tagged', async (path) => {
    const response = await app.get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('etag')).toBeNull()
  })

  it('report the health of the Worker and the state of the registry', async () => {
    expect(await (await app.get('/health')).json()).toEqual({ status: 'ok' })
    const json = await (await app.get('/v1/status')).json()
    const status = RegistryStatus.parse(json)
    expect(status).toEqual(json)
    const { version, models, providers } = await manifestOf()
    const counts = { models: models.length, providers: providers.length }
    expect(status).toMatchObject({ version, counts, orphaned: [], held: [] })
    expect(status.sources['artificial-analysis']?.lastPull?.outcome).toBe('committed')
  })
})

describe('the Worker itself', () => {
  it('serves the same registry through its own configuration', async () => {
    const { version } = await manifestOf()
    await vi.waitFor(async () => {
      const response = await exports.default.fetch('https://registry.example/v1/manifest')
      expect(response.headers.get('x-registry-version')).toBe(version)
    }, 10_000)
  })
})
