import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { readFieldErrors, readProblem } from '../../support/http/problem-body.ts'
import { testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const VERSIONED = [
  '/v1/manifest',
  '/v1/version',
  '/v1/providers',
  '/v1/providers/acme',
  '/v1/providers/acme/models',
  '/v1/models',
  '/v1/models?sort=-iq&limit=1',
  '/v1/models/search?capability=text',
  '/v1/models/acme/one',
]
const OTHERS = ['/health', '/v1/status', '/openapi.json', '/docs', '/docs/swagger-ui.css']

const app = testApp({ ALLOWED_ORIGINS: 'https://app.example.com' })
const ORIGIN = { origin: 'https://app.example.com' }
/** The ETags of two versions, by path. */
const etags = new Map<string, { now: string; before: string }>()
let etag = ''
let oldEtag = ''
let oldVersion = ''

beforeAll(async () => {
  oldVersion =
    (await app.take(recordedPull([aaRow({ slug: 'one' })], { fetchedAt: '2025-03-01T02:00:00.000Z' }))).version ?? ''
  oldEtag = (await app.get('/v1/manifest')).headers.get('etag') ?? ''
  await app.take(recordedPull([aaRow({ slug: 'one', name: 'One' })], { fetchedAt: '2025-03-02T02:00:00.000Z' }))
  etag = (await app.get('/v1/manifest')).headers.get('etag') ?? ''
  const tagOf = async (path: string) => (await app.get(path)).headers.get('etag') ?? ''
  for (const path of VERSIONED) {
    const past = `${path}${path.includes('?') ? '&' : '?'}version=${oldVersion}`
    etags.set(path, { now: await tagOf(path), before: await tagOf(past) })
  }
})

const tagOf = (path: string): string => etags.get(path)?.now ?? ''

describe('If-None-Match', () => {
  it.each<[string, (etag: string) => string]>([
    ['the etag', (tag) => tag],
    ['the weak etag', (tag) => `W/${tag}`],
    ['a list with it last', (tag) => `"other", ${tag}`],
    ['a list with it first, without spaces', (tag) => `W/${tag},"other"`],
    ['a list with empty elements', (tag) => `,, "other" ,\t${tag} ,`],
    ['spaces around it', (tag) => `  ${tag}  `],
    ['*', () => '*'],
  ])('that holds %s is answered with 304', async (_what, header) => {
    for (const path of VERSIONED)
      expect((await app.get(path, { 'if-none-match': header(tagOf(path)) })).status, path).toBe(304)
  })

  it.each<[string, (etag: string) => string]>([
    ['another etag', () => '"0123456789abcdef0123456789abcdef"'],
    ['the digits without quotes', (tag) => tag.slice(1, -1)],
    ['a beginning of the etag', (tag) => `${tag.slice(0, 20)}"`],
    ['more than the etag', (tag) => `${tag.slice(0, -1)}0"`],
    ['the etag with a seq', (tag) => `${tag.slice(0, -1)}-2"`],
    ['the version string', (tag) => `"v1.${tag.slice(1, 13)}"`],
    ['a lower-case weakness mark', (tag) => `w/${tag}`],
    ['a star in quotes', () => '"*"'],
    ['nothing', () => ''],
  ])('that holds %s is answered with the body', async (_what, header) => {
    for (const path of VERSIONED) {
      const response = await app.get(path, { 'if-none-match': header(tagOf(path)) })
      expect(response.status, path).toBe(200)
      expect(await response.json()).toBeTruthy()
    }
  })

  it('that holds the etag of another body is answered with the body', async () => {
    const changed = VERSIONED.filter((path) => etags.get(path)?.before !== tagOf(path))
    // The list of providers is the same in both versions.
    expect(VERSIONED.filter((path) => !changed.includes(path))).toEqual(['/v1/providers'])
    for (const path of changed)
      expect((await app.get(path, { 'if-none-match': etags.get(path)?.before ?? '' })).status, path).toBe(200)
  })

  it('is compared with the requested version', async () => {
    const path = `/v1/manifest?version=${oldVersion}`
    expect((await app.get(path, { 'if-none-match': oldEtag })).status).toBe(304)
    expect((await app.get(path, { 'if-none-match': etag })).status).toBe(200)
  })

  it.each(OTHERS)('is ignored by %s, which has no ETag', async (path) => {
    const plain = await app.get(path)
    expect((await app.get(path, { 'if-none-match': '*' })).status).toBe(plain.status)
    expect(plain.headers.get('etag')).toBeNull()
  })

  it('never hides a 404', async () => {
    const headers = { 'if-none-match': `*` }
    await readProblem(await app.get('/v1/models/acme/nothing', headers), 'not-found')
    await readProblem(await app.get('/v1/providers/nowhere', headers), 'not-found')
    await readProblem(await app.get('/v1/providers/nowhere/models', { 'if-none-match': etag }), 'not-found')
    await readProblem(await app.get('/v1/manifest?version=00000000', headers), 'not-found')
    await readProblem(await app.get('/v1/nothing', headers), 'not-found')
  })

  it.each(['limit=0', 'unknown=1', 'sort=best', 'version=x', 'at=x', 'name=', 'name=%ff'])(
    'never hides a bad search: %s',
    async (query) => {
      const response = await app.get(`/v1/models?${query}`, { 'if-none-match': etag })
      expect((await readFieldErrors(response)).length).toBe(1)
    },
  )
})

describe('a 304', () => {
  it.each(VERSIONED)('of %s has no body, but every header of the 200 that caches need', async (path) => {
    const plain = await app.get(path, ORIGIN)
    const response = await app.get(path, { ...ORIGIN, 'if-none-match': tagOf(path) })
    expect(response.status).toBe(304)
    expect(await response.text()).toBe('')
    for (const name of [
      'etag',
      'x-registry-version',
      'cache-control',
      'link',
      'vary',
      'access-control-allow-origin',
      'access-control-expose-headers',
      'x-content-type-options',
    ]) {
      expect(plain.headers.get(name), name).toBeTruthy()
      expect(response.headers.get(name), name).toBe(plain.headers.get(name))
    }
    expect(response.headers.get('content-type')).toBeNull()
  })

  it('of a manifest never builds a body: the registry only resolves the commit', async () => {
    const stub = env.REGISTRY_DO.getByName('registry')
    const manifest = vi.fn()
    const registry = { current: () => stub.current(), resolve: stub.resolve, manifest }
    const kv = { get: async () => null, getWithMetadata: vi.fn() }
    const cold = testApp({}, { REGISTRY_DO: { getByName: () => registry }, REGISTRY: kv })
    for (const path of ['/v1/manifest', '/v1/version'])
      expect((await cold.get(path, { 'if-none-match': tagOf(path) })).status).toBe(304)
    expect(manifest).not.toHaveBeenCalled()
    expect(kv.getWithMetadata).not.toHaveBeenCalled()
  })
})
