import { describe, expect, it } from 'vitest'
import type { Fetch } from '../../../src/sources/bounded-fetch.ts'
import { fetchModelsDev } from '../../../src/sources/models-dev/fetch-catalogue.ts'

const URL_ = 'https://models.example/api.json'
const answer =
  (body: string | null, init?: ResponseInit): Fetch =>
  async () =>
    new Response(body, init)
const failureOf = async (fetch: Fetch) => {
  const result = await fetchModelsDev({ url: URL_ }, fetch)
  return result.ok ? undefined : result.failure
}

describe('fetchModelsDev()', () => {
  it('returns the catalogue and its ETag', async () => {
    const fetched = await fetchModelsDev({ url: URL_ }, answer('{"a":1}', { headers: { etag: 'W/"x"' } }))
    expect(fetched).toEqual({ ok: true, value: { pages: [{ a: 1 }], etag: 'W/"x"' } })
    expect(await fetchModelsDev({ url: URL_ }, answer('{}'))).toEqual({ ok: true, value: { pages: [{}] } })
  })

  it('sends the last ETag, and returns "unchanged" if it still matches', async () => {
    const asked: RequestInit[] = []
    const fetch: Fetch = async (_url, init) => {
      asked.push(init)
      return new Response(null, { status: 304 })
    }
    expect(await fetchModelsDev({ url: URL_, etag: '"x"' }, fetch)).toEqual({ ok: true, value: 'unchanged' })
    expect(new Headers(asked[0]?.headers).get('if-none-match')).toBe('"x"')
    expect(asked[0]?.redirect).toBe('manual')
  })

  it('treats an unrequested 304 as a failure', async () => {
    expect(await failureOf(answer(null, { status: 304 }))).toMatchObject({ reason: 'refused' })
  })

  it.each([
    ['unavailable', answer('', { status: 503, headers: { 'retry-after': '7' } }), 7],
    ['rate-limited', answer('', { status: 429, headers: { 'retry-after': '9' } }), 9],
    ['refused', answer('', { status: 302, headers: { location: 'https://elsewhere.example' } }), undefined],
    ['refused', answer('', { status: 404 }), undefined],
    ['invalid', answer('<!doctype html>'), undefined],
    ['invalid', answer('{"cut'), undefined],
    ['too-large', answer('x'.repeat(20_000_001)), undefined],
    ['network', () => Promise.reject(new Error('connection refused')), undefined],
  ] as const)('reports why it failed: %s', async (reason, fetch, retryAfterSeconds) => {
    const failure = await failureOf(fetch)
    expect(failure).toMatchObject({
      code: 'source-failed',
      reason,
      detail: expect.stringMatching(/^Cannot read models\.dev: /),
    })
    expect(failure?.retryAfterSeconds).toBe(retryAfterSeconds)
  })
})
