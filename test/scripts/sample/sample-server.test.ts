import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SampleServer, startSampleServer } from '../../../scripts/sample/sample-server.ts'
import { fetchPages } from '../../../src/sources/artificial-analysis/fetch-pages.ts'
import { fetchModelsDev } from '../../../src/sources/models-dev/fetch-catalogue.ts'
import { readModelsDev } from '../../../src/sources/models-dev/read-body.ts'

const KEY = 'test-key'
const NOON = Date.parse('2026-07-02T12:00:00Z')

describe('startSampleServer()', () => {
  let sample: SampleServer
  beforeAll(async () => {
    sample = await startSampleServer(KEY, () => NOON)
  })
  afterAll(() => sample.close())

  const get = (path: string, headers: Record<string, string> = { 'x-api-key': KEY }) =>
    fetch(sample.baseUrl + path, { headers })

  it('refuses to serve until it is opened', async () => {
    const early = await get('/language/models/free')
    expect(early.status).toBe(503)
    expect(early.headers.get('retry-after')).toBe('1')
    expect((await fetch(sample.modelsDevUrl)).status).toBe(503)
    sample.open()
    expect((await get('/language/models/free')).status).toBe(200)
  })

  it.each(['free', 'pro'] as const)('serves the last day to a live %s pull, page by page', async (tier) => {
    const fetched = await fetchPages({ apiKey: KEY, tier, baseUrl: sample.baseUrl }, fetch)
    if (!fetched.ok) throw new Error(fetched.failure.detail)
    const { pages, rateLimit } = fetched.value
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page).toMatchObject({ tier, intelligence_index_version: 4.3 })
    expect(rateLimit).toEqual({ remaining: 499, resetAt: Date.parse('2026-07-03T00:00:00Z') })
  })

  it('serves a snapshot of models.dev that the registry can read, and not again to a client that has it', async () => {
    const fetched = await fetchModelsDev({ url: sample.modelsDevUrl }, fetch)
    if (!fetched.ok || !fetched.value) throw new Error('no snapshot')
    const read = readModelsDev(fetched.value.json)
    expect(read.ok && read.value.models.map(({ provider }) => provider)).toContain('openai')
    const { etag = '' } = fetched.value
    expect(await fetchModelsDev({ url: sample.modelsDevUrl, etag }, fetch)).toEqual({ ok: true, value: undefined })
  })

  it('wants the key in its own header', async () => {
    expect((await get('/language/models/free', {})).status).toBe(401)
    expect((await get('/language/models/free', { authorization: `Bearer ${KEY}` })).status).toBe(401)
    expect(await (await get('/language/models', { 'x-api-key': 'another' })).json()).toEqual({
      error: 'Invalid or missing API key',
    })
  })

  it.each([
    ['/language/models/free?page=0', 400],
    ['/language/models/free?page=99', 400],
    ['/language/models/free?page=x', 400],
    ['/data/llms/models', 404],
  ])('answers %s with %i', async (path, status) => {
    expect((await get(path)).status).toBe(status)
  })
})
