import { describe, expect, it } from 'vitest'
import { fetchPages, MAX_PULL_BYTES, type SourceConfig } from '../../../src/sources/artificial-analysis/fetch-pages.ts'
import { aaPages, aaProRow, aaRow } from '../../support/rows.ts'
import { CONFIG, fakeAa, fakeAaOf } from '../../support/sources/fake-aa.ts'

const PAGES = aaPages(
  ['a', 'b', 'c', 'd', 'e'].map((slug) => aaRow({ slug, of_a_later_year: 1 })),
  { pageSize: 2 },
)

describe('fetchPages()', () => {
  it('requests every page once, in order, and no others', async () => {
    const { fetch, calls } = fakeAaOf(PAGES)
    await fetchPages(CONFIG, fetch)
    expect(calls.map(({ url }) => url)).toEqual([
      'https://aa.example/api/v2/language/models/free?page=1',
      'https://aa.example/api/v2/language/models/free?page=2',
      'https://aa.example/api/v2/language/models/free?page=3',
    ])
  })

  it('returns the pages as received', async () => {
    expect((await pullFrom(PAGES)).pages).toEqual(PAGES)
  })

  it('sends one request if there is one page', async () => {
    const { fetch, calls } = fakeAaOf(aaPages([aaRow()]))
    expect((await fetchPages(CONFIG, fetch)).ok).toBe(true)
    expect(calls).toHaveLength(1)
  })

  it('sends the key as x-api-key and never as Authorization, and follows no redirect', async () => {
    const { fetch, calls } = fakeAaOf(PAGES)
    await fetchPages(CONFIG, fetch)
    expect(calls).toHaveLength(3)
    for (const { headers, init, url } of calls) {
      expect(Object.fromEntries(headers)).toEqual({ 'x-api-key': CONFIG.apiKey, accept: 'application/json' })
      expect(init.method ?? 'GET').toBe('GET')
      expect(init.redirect).toBe('manual')
      expect(url).not.toContain(CONFIG.apiKey)
    }
  })

  it('requests another path for the Pro tier', async () => {
    const { fetch, calls } = fakeAaOf(aaPages([aaProRow()], { tier: 'pro' }))
    const result = await fetchPages({ ...CONFIG, tier: 'pro' }, fetch)
    expect(calls.map(({ url }) => url)).toEqual(['https://aa.example/api/v2/language/models?page=1'])
    expect(result).toMatchObject({ ok: true, value: { pages: [{ tier: 'pro' }] } })
  })

  it.each<[string, SourceConfig['tier'], string]>([
    ['https://aa.example/api/v2/', 'free', 'https://aa.example/api/v2/language/models/free?page=1'],
    ['https://aa.example/api/v2//', 'pro', 'https://aa.example/api/v2/language/models?page=1'],
    ['http://localhost:8788', 'free', 'http://localhost:8788/language/models/free?page=1'],
  ])('uses %s as the base of the %s tier', async (baseUrl, tier, url) => {
    const { fetch, calls } = fakeAaOf(aaPages([aaRow()]))
    await fetchPages({ ...CONFIG, baseUrl, tier }, fetch)
    expect(calls[0]?.url).toBe(url)
  })

  it('reads the remaining quota from the last reply', async () => {
    const { fetch } = fakeAa((page) =>
      Response.json(PAGES[page - 1], {
        headers: { 'X-RateLimit-Remaining': String(100 - page), 'X-RateLimit-Reset': '1790000000' },
      }),
    )
    const result = await fetchPages(CONFIG, fetch)
    expect(result).toMatchObject({ ok: true, value: { rateLimit: { remaining: 97, resetAt: 1_790_000_000_000 } } })
  })

  it('reports an empty quota', async () => {
    const { rateLimit } = await pullFrom(PAGES, { 'x-ratelimit-remaining': '0' })
    expect(rateLimit).toEqual({ remaining: 0 })
  })

  it.each<Record<string, string>>([
    {},
    { 'x-ratelimit-remaining': '', 'x-ratelimit-reset': 'soon' },
    { 'x-ratelimit-remaining': '-1' },
  ])('does not guess the quota from %j', async (headers) => {
    expect((await pullFrom(PAGES, headers)).rateLimit).toEqual({})
  })

  it('decodes characters that are split between two chunks', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(aaPages([aaRow({ name: 'Größe 株 😀' })])[0]))
    const { fetch } = fakeAa(() => new Response(inChunks(bytes, 1)))
    const result = await fetchPages(CONFIG, fetch)
    expect(result).toMatchObject({ ok: true, value: { pages: [{ data: [{ name: 'Größe 株 😀' }] }] } })
  })

  it('accepts pages of 20 MB in all', async () => {
    const { fetch } = fakeAaOf(padded(MAX_PULL_BYTES))
    expect((await fetchPages(CONFIG, fetch)).ok).toBe(true)
    expect(MAX_PULL_BYTES).toBe(20_000_000)
  })

  it('refuses pages of more than 20 MB in all', async () => {
    const { fetch } = fakeAaOf(padded(MAX_PULL_BYTES + 1))
    expect(await fetchPages(CONFIG, fetch)).toEqual({
      ok: false,
      failure: {
        code: 'source-failed',
        reason: 'too-large',
        detail: 'Cannot pull from Artificial Analysis: the pages exceed 20 MB',
      },
    })
  })

  it('stops reading a reply that never ends', async () => {
    let chunksRead = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        chunksRead += 1
        controller.enqueue(new Uint8Array(1_000_000).fill(0x20))
      },
      cancel: () => {
        cancelled = true
      },
    })
    const { fetch } = fakeAa(() => new Response(endless))
    expect(await fetchPages(CONFIG, fetch)).toMatchObject({ ok: false, failure: { reason: 'too-large' } })
    expect(cancelled).toBe(true)
    expect(chunksRead).toBeLessThan(25)
  })
})

async function pullFrom(pages: typeof PAGES, headers: Record<string, string> = {}) {
  const result = await fetchPages(CONFIG, fakeAaOf(pages, headers).fetch)
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value
}

/** Three pages with a total length of `bytes`, each of which is below the limit. */
function padded(bytes: number): typeof PAGES {
  const length = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).byteLength
  const missing = bytes - PAGES.reduce((sum, page) => sum + length({ ...page, padding: '' }), 0)
  const third = Math.floor(missing / 3)
  return PAGES.map((page, index) => ({ ...page, padding: 'x'.repeat(index < 2 ? third : missing - 2 * third) }))
}

function inChunks(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (let start = 0; start < bytes.length; start += size) controller.enqueue(bytes.slice(start, start + size))
      controller.close()
    },
  })
}
