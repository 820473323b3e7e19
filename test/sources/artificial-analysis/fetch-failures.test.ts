import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchPages } from '../../../src/sources/artificial-analysis/fetch-pages.ts'
import { aaPages, aaRow } from '../../support/rows.ts'
import { type Answer, CONFIG, fakeAa, untilAborted } from '../../support/sources/fake-aa.ts'

const PAGES = aaPages(
  ['a', 'b', 'c', 'd', 'e', 'f'].map((slug) => aaRow({ slug })),
  { pageSize: 2 },
)
const page = (number: number): Response => Response.json(PAGES[number - 1])
const DATE = 'Fri, 02 Oct 2026 02:00:00 GMT'

afterEach(() => vi.restoreAllMocks())

describe('fetchPages() when it is refused', () => {
  it.each([
    [401, 'unauthorized', /AA_API_KEY/],
    [403, 'wrong-tier', /AA_TIER/],
    [410, 'gone', /retired .*AA_BASE_URL/],
    [429, 'rate-limited', /quota/],
    [500, 'unavailable', /500/],
    [502, 'unavailable', /502/],
    [503, 'unavailable', /503/],
    [599, 'unavailable', /599/],
    [400, 'refused', /400.*AA_BASE_URL/],
    [404, 'refused', /404.*AA_BASE_URL/],
    [418, 'refused', /418/],
    [201, 'refused', /201/],
    [204, 'refused', /204/],
    [301, 'refused', /301.*AA_BASE_URL/],
    [302, 'refused', /302/],
    [304, 'refused', /304/],
    [307, 'refused', /307/],
  ])('answers %i with %s', async (status, reason, detail) => {
    const body = [204, 304].includes(status) ? null : '{"error":"no"}'
    const headers = { location: 'https://elsewhere.example/' }
    const { failure, calls } = await failureOf(() => new Response(body, { status, headers }))
    expect(failure).toEqual({
      code: 'source-failed',
      reason,
      detail: expect.stringMatching(/^Cannot pull from Artificial Analysis: /),
    })
    expect(failure.detail).toMatch(detail)
    expect(calls).toHaveLength(1)
  })

  it('names the tier that the key may not read', async () => {
    const { fetch } = fakeAa(() => new Response(null, { status: 403 }))
    const result = await fetchPages({ ...CONFIG, tier: 'pro' }, fetch)
    expect(result).toMatchObject({ failure: { detail: expect.stringMatching(/"pro" .*AA_TIER/) } })
  })

  it('gives up at the page that is refused', async () => {
    const { failure, calls } = await failureOf((number) =>
      number < 2 ? page(number) : new Response('', { status: 429 }),
    )
    expect(failure.reason).toBe('rate-limited')
    expect(calls).toHaveLength(2)
  })

  it.each([429, 503])('reports how long to wait if a %i states it', async (status) => {
    const { failure } = await failureOf(() => new Response('', { status, headers: { 'retry-after': '120' } }))
    expect(failure.retryAfterSeconds).toBe(120)
    expect(failure.detail).toContain('120 s')
  })

  it.each([
    ['0', 0],
    [' 86400 ', 86_400],
    ['Fri, 02 Oct 2026 02:01:30 GMT', 90],
    ['Fri, 02 Oct 2026 01:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('reads Retry-After %j as %s seconds', async (retryAfter, seconds) => {
    const headers = { 'retry-after': retryAfter, date: DATE }
    const { failure } = await failureOf(() => new Response('', { status: 429, headers }))
    expect(failure.retryAfterSeconds).toBe(seconds)
  })
})

describe('fetchPages() when the reply is not a page', () => {
  it.each([
    ['HTML', '<!doctype html><title>Sign in</title>', /page 1 is not JSON, it looks like HTML/],
    ['nothing', '', /page 1 is not JSON/],
    ['truncated JSON', JSON.stringify(PAGES[0]).slice(0, -20), /page 1 is not JSON/],
    ['two JSON values', '{}{}', /page 1 is not JSON/],
    ['null', 'null', /page 1: reply/],
    ['an error with status 200', '{"error":"Not found"}', /page 1: /],
    ['a slug that is not text', JSON.stringify(PAGES[0]).replace('"slug":"a"', '"slug":42'), /page 1: data\.0\.slug/],
  ])('discards %s', async (_, text, detail) => {
    const { failure, calls } = await failureOf(() => new Response(text))
    expect(failure).toMatchObject({ code: 'source-failed', reason: 'invalid' })
    expect(failure.detail).toMatch(detail)
    expect(calls).toHaveLength(1)
  })

  it('names the page that is truncated', async () => {
    const { failure } = await failureOf((number) => (number < 3 ? page(number) : new Response('{"tier":')))
    expect(failure).toMatchObject({ reason: 'invalid', detail: expect.stringContaining('page 3 is not JSON') })
  })
})

describe('fetchPages() without a response', () => {
  it('reports a connection that fails', async () => {
    const { failure } = await failureOf(() => Promise.reject(new TypeError('fetch failed')))
    expect(failure).toEqual({
      code: 'source-failed',
      reason: 'network',
      detail: 'Cannot pull from Artificial Analysis: page 1: fetch failed',
    })
  })

  it('reports a connection that fails without an error', async () => {
    const { failure } = await failureOf(() => Promise.reject(undefined))
    expect(failure).toMatchObject({ reason: 'network', detail: expect.stringContaining('page 1') })
  })

  it('reports a connection that is lost within a body', async () => {
    const lost = () => new ReadableStream({ pull: (controller) => controller.error(new Error('connection reset')) })
    const { failure } = await failureOf((number) => (number < 2 ? page(number) : new Response(lost())))
    expect(failure).toMatchObject({ reason: 'network', detail: expect.stringMatching(/page 2: connection reset/) })
  })

  it('allows every page 30 s, and keeps no timer after a page has arrived', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout')
    const cleared = vi.spyOn(globalThis, 'clearTimeout')
    const { fetch } = fakeAa(page)
    expect((await fetchPages(CONFIG, fetch)).ok).toBe(true)
    const timers = set.mock.calls.flatMap(([, wait], index) =>
      wait === 30_000 ? [set.mock.results[index]?.value] : [],
    )
    expect(timers).toHaveLength(3)
    expect(cleared.mock.calls.flat()).toEqual(expect.arrayContaining(timers))
  })

  it('reports a page that does not arrive in time', async () => {
    timeOutAfterMs(5)
    const { failure } = await failureOf((_, { init }) => untilAborted(init.signal))
    expect(failure).toEqual({
      code: 'source-failed',
      reason: 'timeout',
      detail: 'Cannot pull from Artificial Analysis: page 1 took longer than 30 s',
    })
  })

  it('reports a page whose body does not arrive in time', async () => {
    timeOutAfterMs(5)
    const stalled = (signal: AbortSignal | null | undefined) => new ReadableStream({ pull: () => untilAborted(signal) })
    const { failure } = await failureOf((number, { init }) =>
      number < 2 ? page(number) : new Response(stalled(init.signal)),
    )
    expect(failure).toMatchObject({ reason: 'timeout', detail: expect.stringContaining('page 2') })
  })
})

async function failureOf(answer: Answer) {
  const { fetch, calls } = fakeAa(answer)
  const result = await fetchPages(CONFIG, fetch)
  if (result.ok) throw new Error('Cannot take the failure: the pull succeeded')
  return { failure: result.failure, calls }
}

/** Shortens the real timer. */
function timeOutAfterMs(milliseconds: number): void {
  const set = globalThis.setTimeout
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((work, wait) =>
    set(work, wait === 30_000 ? milliseconds : wait),
  )
}
