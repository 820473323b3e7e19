/** A registry with a history, over HTTP, and checks for responses that depend on the list of commits. */
import { reset } from 'cloudflare:test'
import { expect } from 'vitest'
import type * as z from 'zod'
import { VersionInfo } from '../../../src/core/schema/history.ts'
import { sha256 } from '../core/naive/independent-canonical.ts'
import { aaRow, type Facts, recordedPull } from '../rows.ts'
import { BEARER, type TestApp, testApp } from './registry-app.ts'

export const IMMUTABLE = 'public, max-age=31536000, immutable'
export const CURRENT = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=604800'
export const CORS = { origin: 'https://app.example.com' }

/** 02:00 UTC on a day of March 2025. */
export const onDay = (day: number): string => `2025-03-${String(day).padStart(2, '0')}T02:00:00.000Z`

export function historyApp(): TestApp {
  return testApp({ ALLOWED_ORIGINS: CORS.origin })
}

/** Sends pulls of these rows to an empty registry, one per day from 1 March 2025 on. */
export async function takeDays(app: TestApp, ...days: Facts[][]): Promise<VersionInfo[]> {
  await reset()
  for (const [index, rows] of days.entries()) await app.take(recordedPull(rows, { fetchedAt: onDay(index + 1) }))
  return (await readJson(await app.get('/v1/versions?limit=500'), VersionInfo.array())).toReversed()
}

/** A model with this price. */
export const priced = (price: number, facts: Facts = {}): Facts =>
  aaRow({ slug: 'one', pricing: { price_1m_input_tokens: price, price_1m_output_tokens: price }, ...facts })

export async function readJson<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const text = await response.text()
  expect(response.status, text).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  return schema.parse(JSON.parse(text))
}

/** The strong ETag of a response that is tagged by its body. */
export async function tagOf(response: Response): Promise<string> {
  return `"${sha256(await response.clone().text()).slice(0, 32)}"`
}

export const hexOf = ({ etag }: Pick<VersionInfo, 'etag'>): string => etag.slice(1, -1)

/** The URL of the next page, from `Link`. */
export function nextOf(response: Response): string | undefined {
  const link = response.headers.get('link')
  if (link === null) return undefined
  const match = /(?:^|, )<([^>]+)>; rel="next"$/.exec(link)
  if (!match) return undefined
  const { pathname, search } = new URL(match[1] ?? '', 'https://registry.example')
  return pathname + search
}

/** Expects a 304 for the ETag of a response, with the headers that caches and browsers need. */
export async function expectRevalidates(app: TestApp, path: string): Promise<void> {
  const plain = await app.get(path, CORS)
  const etag = plain.headers.get('etag') ?? ''
  for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const response = await app.get(path, { ...CORS, 'if-none-match': header })
    expect(response.status, `${path} ${header}`).toBe(304)
    expect(await response.text()).toBe('')
    for (const name of ['etag', 'x-registry-version', 'cache-control', 'access-control-allow-origin', 'link'])
      expect(response.headers.get(name), name).toBe(plain.headers.get(name))
  }
  expect((await app.get(path, { 'if-none-match': `"${'0'.repeat(32)}"` })).status).toBe(200)
}

export function expectExposed(response: Response): void {
  expect(response.headers.get('access-control-allow-origin')).toBe(CORS.origin)
  const exposed = (response.headers.get('access-control-expose-headers') ?? '').toLowerCase().split(/,\s*/)
  const all = ['etag', 'x-registry-version', 'x-total-count', 'link', 'content-location', 'retry-after']
  expect(exposed.toSorted()).toEqual(all.toSorted())
}

export const admin = (app: TestApp, method: string, path: string, json?: unknown): Promise<Response> =>
  app.send(method, path, { headers: BEARER, ...(json !== undefined && { body: JSON.stringify(json) }) })
