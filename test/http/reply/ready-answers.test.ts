import { beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const APP = 'https://app.example.com'
const OTHER = 'https://other.example.com'
const PATHS = [
  '/v1/manifest',
  '/v1/version',
  '/v1/models',
  '/v1/models?minIq=0&limit=1',
  '/v1/models/acme/one',
  '/v1/models/acme/one/offers',
  '/v1/providers',
  '/v1/providers/acme',
  '/v1/versions?limit=1',
  '/v1/parts',
]

let app: TestApp

/** A commit with a price of its own. */
async function take(day: number): Promise<void> {
  const row = aaRow({ slug: 'one', pricing: { price_1m_input_tokens: day } })
  await app.take(recordedPull([row], { fetchedAt: `2026-06-0${day}T00:00:00.000Z` }))
}

async function contentOf(response: Response): Promise<object> {
  return { status: response.status, headers: [...response.headers], body: await response.text() }
}

describe('an answer that was given before', () => {
  beforeAll(async () => {
    app = testApp({ ALLOWED_ORIGINS: `${APP},${OTHER}` })
    await take(1)
    await take(2)
  })

  it.each(PATHS)('is the same the second time: %s', async (path) => {
    const first = await contentOf(await app.get(path, { origin: APP }))
    expect(first).toMatchObject({ status: 200 })
    for (const _time of [2, 3]) expect(await contentOf(await app.get(path, { origin: APP }))).toEqual(first)
  })

  it.each(PATHS)('is not sent again to who has it: %s', async (path) => {
    const given = await app.get(path, { origin: APP })
    await given.arrayBuffer()
    const etag = given.headers.get('etag') ?? ''
    const fresh = await testApp({ ALLOWED_ORIGINS: `${APP},${OTHER}` }).get(path, {
      'if-none-match': etag,
      origin: APP,
    })
    const again = await app.get(path, { 'if-none-match': `W/${etag}`, origin: APP })
    expect(await contentOf(again)).toEqual(await contentOf(fresh))
    expect(again.status).toBe(304)
  })

  it('allows the origin that asks', async () => {
    for (const origin of [APP, OTHER, APP, 'https://foreign.example']) {
      const response = await app.get('/v1/version', { origin })
      await response.arrayBuffer()
      const allowed = origin.includes('foreign') ? null : origin
      expect(response.headers.get('access-control-allow-origin')).toBe(allowed)
    }
  })

  it('has no body for HEAD', async () => {
    await (await app.get('/v1/version')).arrayBuffer()
    const response = await app.send('HEAD', '/v1/version')
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('keeps the address of a model that was asked for by another id', async () => {
    for (const _time of [1, 2]) {
      const response = await app.get('/v1/models/acme/ONE')
      await response.arrayBuffer()
      expect(response.headers.get('content-location')).toBe('/v1/models/acme/one')
    }
  })

  it('is another after a commit', async () => {
    const before = await contentOf(await app.get('/v1/models/acme/one'))
    await take(3)
    expect(await contentOf(await app.get('/v1/models/acme/one'))).not.toEqual(before)
  })

  it('needs a token where reads do', async () => {
    const token = 'a-token-of-a-reader'
    const guarded = testApp({ READ_TOKEN: token })
    const read = await guarded.get('/v1/version', { authorization: `Bearer ${token}` })
    await read.arrayBuffer()
    expect(read.status).toBe(200)
    expect((await guarded.get('/v1/version')).status).toBe(401)
  })
})
