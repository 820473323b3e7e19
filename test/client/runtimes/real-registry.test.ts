/** The client against the Worker itself over HTTP: eleven commits, one of which has earlier content. */
import { execFile } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createRegistry, type Registry, type SearchFilter } from '../../../src/client/index.ts'
import type { Manifest } from '../../../src/core/schema/history.ts'
import { connect } from '../../support/client/fixture.ts'
import { type RealRegistry, startRegistry } from '../../support/client/real-registry.ts'
import { aaRow, type Facts } from '../../support/rows.ts'

const NAMES = ['acme-one', 'acme-two', 'Beta.3', 'org/gamma', 'delta', 'epsilon', 'zeta', 'eta']
/** The price of the first model on each day. The content of the second day returns on the eleventh. */
const PRICES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2]
/** These two are variants of one model. */
const VARIANTS: Record<number, string> = { 4: 'Delta (Non-reasoning)', 5: 'Delta (high)' }
const OTHER = { model_creator: { id: 'c0ffee00-0000-4000-8000-000000000000', name: 'Other' } }

function rowsOf(price: number): Facts[] {
  return NAMES.map((slug, index) =>
    aaRow({
      slug,
      name: VARIANTS[index] ?? slug,
      ...(index > 5 && OTHER),
      ...(index === 0 && { pricing: { price_1m_input_tokens: price, price_1m_output_tokens: 2 * price } }),
      evaluations: { artificial_analysis_intelligence_index: index % 3 === 0 ? null : 20 + 7 * index },
      // On odd days the last model is missing.
      ...(index === 7 && price % 2 === 1 && { slug: 'eta-preview' }),
    }),
  )
}

let real: RealRegistry
/** A client that has followed every version by its diff alone. */
let follower: Registry
const followed: (Manifest | undefined)[] = []
const requests: string[] = []
const fetchAndNote = (url: string, init: RequestInit) => {
  requests.push(url.slice(real.url.length))
  return fetch(url, init)
}

async function get(path: string): Promise<unknown> {
  return (await fetch(real.url + path)).json()
}

beforeAll(async () => {
  real = await startRegistry()
}, 60_000)
afterAll(async () => {
  follower?.destroy()
  await real?.close()
})

describe('an empty registry', () => {
  it('is a problem that explains how to fill it', async () => {
    const { error } = await connect(real).getModels()
    expect(error).toMatchObject({ name: 'ProblemError', status: 503, code: 'empty-registry', retryAfterSeconds: 30 })
    expect((await connect(real).getVersions()).data).toEqual([])
  })
})

describe('a client that refreshes', () => {
  it('reaches every version by its diff, and exactly the manifest that is served', async () => {
    follower = createRegistry({ baseUrl: real.url, cache: 'none', fetch: fetchAndNote })
    const byParts = connect(real, { providers: 'all' })
    const some = connect(real, { providers: ['other'] })
    for (const [index, price] of PRICES.entries()) {
      expect((await real.pull(rowsOf(price), index + 1)).outcome).toBe('committed')
      const { data, stale } = await follower.getManifest({ forceRefresh: true })
      expect(data).toEqual(await get('/v1/manifest'))
      expect(stale).toBe(false)
      followed.push(data)
      expect((await byParts.getManifest({ forceRefresh: true })).data).toEqual(data)
      const other = await some.getManifest({ forceRefresh: true })
      expect(other.data).toEqual(await get('/v1/manifest?provider=other'))
    }
    expect(requests.filter((path) => path.startsWith('/v1/manifest'))).toEqual([
      `/v1/manifest?version=${followed[0]?.version}`,
    ])
    expect(requests.filter((path) => path.startsWith('/v1/diff'))).toHaveLength(10)
    expect(followed[10]).toEqual(followed[1])
  })

  it('reports that nothing is newer', async () => {
    requests.length = 0
    expect((await follower.checkForUpdates()).data).toEqual({
      updated: false,
      version: await get('/v1/version'),
    })
    expect(requests).toEqual([expect.stringMatching(/^\/v1\/versions\?limit=1&before=\d+$/)])
  })
})

describe('reads', () => {
  it('return the same as the routes of the registry', async () => {
    expect((await follower.getProviders()).data).toEqual(await get('/v1/providers'))
    expect((await follower.getModels()).data).toEqual(await get('/v1/models'))
    expect((await follower.getProviderModels('other')).data).toEqual(await get('/v1/providers/other/models'))
    expect((await follower.getModel('acme', 'org/gamma')).data).toEqual(await get('/v1/models/acme/org/gamma'))
    expect((await follower.getVersion()).data).toEqual(await get('/v1/version'))
  })

  it.each<[SearchFilter, string]>([
    [{ provider: 'acme', sort: '-iq' }, 'provider=acme&sort=-iq'],
    [{ provider: ['acme', 'other'], minIq: 2 }, 'provider=acme&provider=other&minIq=2'],
    [{ capability: 'text', maxInputPrice: 1, sort: 'name' }, 'capability=text&maxInputPrice=1&sort=name'],
    [
      { name: 'ACME', releaseDateFrom: '2026-01-15', limit: 1, offset: 1 },
      'name=ACME&releaseDateFrom=2026-01-15&limit=1&offset=1',
    ],
    [
      { status: ['active', 'preview'], minSpeed: 2, sort: 'price' },
      'status=active&status=preview&minSpeed=2&sort=price',
    ],
    [{ collapse: 'family', sort: '-iq', limit: 2 }, 'collapse=family&sort=-iq&limit=2'],
    [{ collapse: 'family', name: 'delta' }, 'collapse=family&name=delta'],
  ])('search %j as the registry does', async (filter, query) => {
    const { data } = await follower.searchModels(filter)
    expect(data).toEqual(await get(`/v1/models/search?${query}`))
    expect(data).not.toEqual([])
  })

  it.each([
    ['name', ''],
    ['provider', ''],
    ['status', 'gone'],
    ['capability', 'sight'],
    ['minIq', 6],
    ['minSpeed', 2.5],
    ['minContextWindow', 0.5],
    ['maxInputPrice', -1],
    ['releaseDateFrom', '2026'],
    ['releaseDateTo', '2026-02-30'],
    ['sort', 'cost'],
    ['limit', 0],
    ['limit', 1001],
    ['offset', 0.5],
    ['capabilty', 'vision'],
  ])('refuse %s=%s as the registry does', async (field, value) => {
    const problem = await get(`/v1/models/search?${field}=${value}`)
    const { error } = await follower.searchModels({ [field]: value })
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request', errors: [{ field }] })
    expect(error).toMatchObject({ status: 400, code: 'invalid-request', problem: { errors: [{ field }] } })
  })

  it.each<[SearchFilter, string]>([
    [{ minIq: 0, minSpeed: 5, limit: 1000, offset: 0 }, 'minIq=0&minSpeed=5&limit=1000&offset=0'],
    [{ maxInputPrice: 0, releaseDateTo: '2028-02-29' }, 'maxInputPrice=0&releaseDateTo=2028-02-29'],
    [{ maxOutputPrice: 0.5, sort: '-releaseDate' }, 'maxOutputPrice=0.5&sort=-releaseDate'],
  ])('accept %j as the registry does', async (filter, query) => {
    expect((await follower.searchModels(filter)).data).toEqual(await get(`/v1/models/search?${query}`))
  })
})

describe('a client that keeps no manifest', () => {
  const asking = () => connect(real, { fetch: fetchAndNote })

  it('returns the same as the routes, and as a client with the manifest, without fetching it', async () => {
    requests.length = 0
    const registry = asking()
    expect((await registry.getModel('acme', 'org/gamma')).data).toEqual(await get('/v1/models/acme/org/gamma'))
    for (const id of ['acme/acme-one', 'acme-two', 'beta-3', 'org/gamma']) {
      expect((await registry.find(id)).data).toEqual((await follower.find(id)).data)
      expect((await registry.getOffers(id)).data).toEqual((await follower.getOffers(id)).data)
    }
    const filter: SearchFilter = { provider: ['acme', 'other'], minIq: 2, sort: '-iq' }
    expect((await registry.searchModels(filter)).data).toEqual((await follower.searchModels(filter)).data)
    expect((await registry.getVersion()).data).toEqual(await get('/v1/version'))
    expect(requests.filter((path) => path.startsWith('/v1/manifest'))).toEqual([])
  })

  it('gets the error message of the registry, with the nearest name', async () => {
    const registry = asking()
    const { error } = await registry.getModel('acme', 'acme-oen')
    expect(error).toMatchObject({ code: 'not-found', status: 404 })
    expect(error?.message).toContain('did you mean "acme/acme-one"?')
    expect((await registry.searchModels({ provider: 'acmee' })).error).toMatchObject({ code: 'invalid-request' })
    const misspelt = await connect(real, { providers: ['otehr'] }).getModels()
    expect(misspelt.error?.message).toContain('has no such provider; did you mean "other"?')
  })

  it('revalidates by ETag if nothing changed', async () => {
    const statuses: number[] = []
    const fetchAndCount = async (url: string, init: RequestInit) => {
      const response = await fetch(url, init)
      statuses.push(response.status)
      return response
    }
    const registry = connect(real, { fetch: fetchAndCount })
    await registry.getModel('acme', 'acme-one')
    expect(await registry.getModel('acme', 'acme-one', { forceRefresh: true })).toMatchObject({ cached: true })
    expect(statuses).toEqual([200, 200, 304])
  })

  it('reads a past day with one small response', async () => {
    requests.length = 0
    const { data } = await asking().at('2026-10-05').getModel('acme', 'acme-one')
    expect(data?.pricing?.input).toBe(5)
    expect(requests).toEqual(['/v1/models/acme/acme-one?at=2026-10-05'])
  })
})

describe('a pinned version', () => {
  it('serves every read with one request', async () => {
    requests.length = 0
    const version = followed[3]?.version ?? ''
    const pinned = connect(real, { version, fetch: fetchAndNote })
    expect((await pinned.getManifest()).data).toEqual(followed[3])
    expect((await pinned.getModels({ forceRefresh: true })).data).toEqual(followed[3]?.models)
    expect((await pinned.checkForUpdates()).data).toMatchObject({ updated: false, version: { version } })
    expect(requests).toEqual([`/v1/manifest?version=${version}`])
  })

  it('may be named by its etag or a prefix of it, and is the end of a diff', async () => {
    const { etag = '', version } = followed[4] ?? {}
    for (const name of [etag, etag.slice(1, -1), etag.slice(1, 11)]) {
      const pinned = connect(real, { version: name })
      expect((await pinned.getVersion()).data?.version).toBe(version)
      expect((await pinned.getDiff(followed[3]?.version ?? '')).data?.to.version).toBe(version)
    }
  })

  it('that never existed results in a problem', async () => {
    const { error } = await connect(real, { version: 'v1.000000000000' }).getModels()
    expect(error).toMatchObject({ status: 404, code: 'not-found' })
  })
})

describe('at()', () => {
  it.each<[string, string | Date, number]>([
    ['the end of a day', '2026-10-05', 4],
    ['a moment', '2026-10-05T01:59:59Z', 3],
    ['a Date', new Date('2026-10-05T02:00:00Z'), 4],
    ['a future time', '2200-01-01', 10],
  ])('reads what was current at %s', async (_, moment, index) => {
    const then = follower.at(moment)
    expect((await then.getManifest()).data).toEqual(followed[index])
    expect((await then.getModels()).cached).toBe(true)
  })

  it('reads a version', async () => {
    const then = follower.at(followed[6]?.version ?? '')
    const [manifest, model] = await Promise.all([then.getManifest(), then.getModel('acme', 'acme-one')])
    expect(manifest.data).toEqual(followed[6])
    expect(model.data?.pricing?.input).toBe(7)
  })

  it('before the first version results in a problem that names that version', async () => {
    const { error } = await follower.at('2025-01-01').getModels()
    expect(error).toMatchObject({ status: 404, code: 'not-found' })
    expect(error?.message).toContain(followed[0]?.version)
  })
})

describe('the history', () => {
  it('lists the versions, page by page', async () => {
    const { data: page = [] } = await follower.getVersions({ limit: 4 })
    expect(page.map(({ seq }) => seq)).toEqual([11, 10, 9, 8])
    const { data: next = [] } = await follower.getVersions({ limit: 4, before: page.at(-1)?.seq })
    expect(next.map(({ seq }) => seq)).toEqual([7, 6, 5, 4])
    expect((await follower.getVersions({ limit: 0 })).error).toMatchObject({ status: 400, code: 'invalid-request' })
  })

  it('reports what changed between two versions or moments', async () => {
    const { data } = await follower.getDiff('2026-10-03', new Date('2026-10-04T12:00:00Z'), { only: ['pricing'] })
    expect(data?.models.changed).toEqual([
      {
        provider: 'acme',
        value: 'acme-one',
        changes: [
          { path: 'pricing.blended', before: 3.75, after: 5 },
          { path: 'pricing.input', before: 3, after: 4 },
          { path: 'pricing.output', before: 6, after: 8 },
        ],
      },
    ])
    const toNow = await follower.getDiff(followed[0]?.version ?? '', undefined, { provider: ['other'] })
    expect(toNow.data?.summary).toEqual({ added: 1, removed: 1, changed: 0 })
  })

  it('lists the revisions of a model', async () => {
    const { data } = await follower.getModelHistory('acme', 'acme-one', { limit: 3 })
    expect(data?.revisions.map(({ model }) => model?.pricing?.input)).toEqual([2, 10, 9])
    expect((await follower.getModelHistory('acme', 'org/gamma')).data?.revisions).toHaveLength(1)
    expect((await follower.getModelHistory('acme', 'nowhere')).error).toMatchObject({ code: 'not-found' })
  })
})

describe('the examples', () => {
  const folder = inject('app')
  beforeAll(() => {
    cpSync(fileURLToPath(new URL('../../../examples', import.meta.url)), join(folder, 'examples'), { recursive: true })
  })

  it.each([
    ['find-a-model.ts', [], /^From the registry\n/],
    [
      'compare-costs.ts',
      ['2026-10-05'],
      /^v1\.\w+ of [^\n]+\n( {2}\$\d+\.\d\d .+\n)*v1\.\w+ of 2026-10-05T02:00:00\.000Z\n/,
    ],
    ['own-models.ts', [], /provider: 'in-house'/],
    ['distinguish-errors.ts', [], /Not found now/],
    ['choose-effort.ts', ['max'], /acme: Delta, variants: 2\n {2}send an unknown id with high, the nearest: iq 4\n/],
  ])('%s runs', async (file, args, output) => {
    const env = { ...process.env, REGISTRY_URL: real.url, XDG_CACHE_HOME: join(folder, file) }
    const run = promisify(execFile)(process.execPath, [join('examples', file), ...args], { cwd: folder, env })
    expect((await run).stdout).toMatch(output)
  })
})
