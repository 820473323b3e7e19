/** Fetches every page of one pull from the Artificial Analysis API. Each failure says what the operator can check. */

import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { type Fetch, fetchBounded, retryAfterSeconds } from '../bounded-fetch.ts'
import { htmlHintOf } from '../open-source.ts'
import type { FetchedPull, RateLimit } from '../source.ts'
import { isTooDeep } from '../source-depth.ts'
import { sourceFailure } from './failure.ts'
import { MAX_PAGES, readPage, readPages } from './read-pages.ts'

/** The slowest page so far took 4 s. */
const PAGE_TIMEOUT_MS = 30_000
/** A full Pro pull is under 2 MB. */
export const MAX_PULL_BYTES = 20_000_000
const PATHS = { free: '/language/models/free', pro: '/language/models' } as const

export interface SourceConfig {
  apiKey: string
  tier: keyof typeof PATHS
  baseUrl: string
}

/** Returns the pages as received, including keys that the registry does not read. */
export async function fetchPages(config: SourceConfig, fetch: Fetch): Promise<Result<FetchedPull, SourceFailure>> {
  const result = await fetchAll(config, fetch)
  if (result.ok) return result
  // The API key must not get into a record or a log, even if a response or an error message echoes it.
  const detail = withoutKey(result.failure.detail, config.apiKey)
  return { ok: false, failure: { ...result.failure, detail } }
}

async function fetchAll(config: SourceConfig, fetch: Fetch): Promise<Result<FetchedPull, SourceFailure>> {
  const pages: unknown[] = []
  let bytesLeft = MAX_PULL_BYTES
  let rateLimit: RateLimit = {}
  for (let number = 1; number <= MAX_PAGES; number++) {
    const reply = await fetchPage(config, number, bytesLeft, fetch)
    if (!reply.ok) return reply
    const page = parsePage(reply.value.text, config.apiKey, number)
    if (!page.ok) return page
    pages.push(page.value.raw)
    bytesLeft -= reply.value.bytes
    rateLimit = reply.value.rateLimit
    if (!page.value.hasMore) {
      const checked = readPages(pages)
      return checked.ok ? ok({ pages, rateLimit }) : checked
    }
  }
  return sourceFailure('too-large', `more than ${MAX_PAGES} pages`)
}

/** A shorter text is not an API key, and could be part of any word. */
const MIN_KEY_LENGTH = 8

/** Pages are stored and backed up, so they must not contain an API key that a reply echoes. */
function withoutKey(text: string, apiKey: string): string {
  return apiKey.length < MIN_KEY_LENGTH ? text : text.replaceAll(apiKey, '<AA_API_KEY>')
}

/** The same for every text in a JSON value, including object keys. */
function withoutKeyIn(value: unknown, apiKey: string): unknown {
  if (typeof value === 'string') return withoutKey(value, apiKey)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((member) => withoutKeyIn(member, apiKey))
  const members = Object.entries(value).map(([key, member]) => [withoutKey(key, apiKey), withoutKeyIn(member, apiKey)])
  return Object.fromEntries(members)
}

interface Page {
  text: string
  bytes: number
  rateLimit: RateLimit
}

async function fetchPage(
  { apiKey, tier, baseUrl }: SourceConfig,
  number: number,
  bytesLeft: number,
  fetch: Fetch,
): Promise<Result<Page, SourceFailure>> {
  const url = `${baseUrl.replace(/\/+$/, '')}${PATHS[tier]}?page=${number}`
  const headers = { 'x-api-key': apiKey, accept: 'application/json' }
  const reply = await fetchBounded({ url, headers, timeoutMs: PAGE_TIMEOUT_MS, maxBytes: bytesLeft }, fetch)
  switch (reply.kind) {
    case 'text':
      return ok({ text: reply.text, bytes: reply.bytes, rateLimit: rateLimitOf(reply.headers) })
    case 'status':
      return refusal(reply, tier)
    case 'too-large':
      return sourceFailure('too-large', `the pages exceed ${MAX_PULL_BYTES / 1e6} MB`)
    case 'timeout':
      return sourceFailure('timeout', `page ${number} took longer than ${PAGE_TIMEOUT_MS / 1000} s`)
    case 'network-error':
      return sourceFailure('network', `page ${number}: ${reply.reason}`)
  }
}

function parsePage(
  text: string,
  apiKey: string,
  number: number,
): Result<{ raw: unknown; hasMore: boolean }, SourceFailure> {
  let raw: unknown
  try {
    // Masked after parsing, because JSON text may contain the key with escapes.
    const json: unknown = JSON.parse(text)
    raw = isTooDeep(json) ? json : withoutKeyIn(json, apiKey)
  } catch {
    // The reply is not quoted, because it may echo the key.
    return sourceFailure('invalid', `page ${number} is not JSON${htmlHintOf(text)}`)
  }
  const page = readPage(raw, number)
  if (!page.ok) return page
  const { has_more, total_pages } = page.value.pagination
  if (total_pages > MAX_PAGES) return sourceFailure('too-large', `more than ${MAX_PAGES} pages: it has ${total_pages}`)
  return ok({ raw, hasMore: has_more && number < total_pages })
}

function refusal(
  { status, headers }: { status: number; headers: Headers },
  tier: string,
): { ok: false; failure: SourceFailure } {
  const retryAfter = retryAfterSeconds(headers)
  switch (status) {
    case 401:
      return sourceFailure('unauthorized', 'the key was rejected (401): check AA_API_KEY')
    case 403:
      return sourceFailure('wrong-tier', `the key may not read the "${tier}" tier (403): check AA_TIER`)
    case 410:
      return sourceFailure('gone', 'the endpoint is retired (410): check AA_BASE_URL, or update the registry')
    case 429:
      return sourceFailure('rate-limited', `the quota is used up (429)${wait(retryAfter)}`, retryAfter)
    default:
      if (status >= 500)
        return sourceFailure('unavailable', `the service failed (${status})${wait(retryAfter)}`, retryAfter)
      return sourceFailure('refused', `unexpected status ${status}: check AA_BASE_URL`)
  }
}

const wait = (seconds: number | undefined): string => (seconds === undefined ? '' : `: try again in ${seconds} s`)

function rateLimitOf(headers: Headers): RateLimit {
  const remaining = wholeNumber(headers.get('x-ratelimit-remaining'))
  const reset = wholeNumber(headers.get('x-ratelimit-reset'))
  return { remaining, resetAt: reset === undefined ? undefined : reset * 1000 }
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined
}
