/**
 * Fetches every row of Arena's text board, page by page. If a page fails, the pull fails and the run tries again later,
 * so that part of a board is never taken for the whole.
 */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Fetch } from '../bounded-fetch.ts'
import { fetchOpen, openSourceFailure, parseReply } from '../open-source.ts'
import { type Page, readPage } from './read-page.ts'

/** The most rows that the service returns per page. */
const PAGE_LENGTH = 100
/**
 * The text board had 389 rows of the overall category in August 2026. A Worker may make 50 requests on the free plan.
 */
const MAX_PAGES = 30
const MAX_BYTES = 10_000_000
const QUERY = 'dataset=lmarena-ai%2Fleaderboard-dataset&config=text&split=latest'
const OVERALL = encodeURIComponent(`"category"='overall'`)

/** The rows of one category, or all rows if the service cannot filter. */
const ROUTES = [`/filter?${QUERY}&where=${OVERALL}`, `/rows?${QUERY}`] as const

/** Returns the replies as received. */
export async function fetchRows(url: string, fetch: Fetch): Promise<Result<unknown[], SourceFailure>> {
  const [filtered, all] = ROUTES
  const pages = await fetchPages(url, filtered, fetch)
  // The service refuses to filter a dataset that it has not indexed.
  return !pages.ok && pages.failure.reason === 'refused' ? fetchPages(url, all, fetch) : pages
}

async function fetchPages(url: string, route: string, fetch: Fetch): Promise<Result<unknown[], SourceFailure>> {
  const pages: unknown[] = []
  let rows = 0
  let bytesLeft = MAX_BYTES
  for (let number = 1; number <= MAX_PAGES; number++) {
    const address = `${url.replace(/\/+$/, '')}${route}&offset=${rows}&length=${PAGE_LENGTH}`
    const reply = await fetchPage({ address, number, bytesLeft }, fetch)
    if (!reply.ok) return reply
    const { page, json, bytes } = reply.value
    pages.push(json)
    rows += page.rows.length
    bytesLeft -= bytes
    if (rows >= page.total) return ok(pages)
    if (page.rows.length === 0) return openSourceFailure('Arena', 'inconsistent', `page ${number} is empty`)
  }
  return openSourceFailure('Arena', 'too-large', `more than ${MAX_PAGES} pages`)
}

async function fetchPage(
  { address, number, bytesLeft }: { address: string; number: number; bytesLeft: number },
  fetch: Fetch,
): Promise<Result<{ page: Page; json: unknown; bytes: number }, SourceFailure>> {
  const asked = { source: 'Arena', setting: 'ARENA_URL', accept: 'application/json', what: `page ${number}` }
  const reply = await fetchOpen({ ...asked, url: address, maxBytes: Math.max(bytesLeft, 1) }, fetch)
  if (!reply.ok) return reply.failure.reason === 'too-large' ? tooManyBytes() : reply
  const { text, bytes } = reply.value
  const parsed = parseReply(text)
  if (parsed.problem !== undefined) return openSourceFailure('Arena', 'invalid', `page ${number}: ${parsed.problem}`)
  const page = readPage(parsed.json, number)
  return page.ok ? ok({ page: page.value, json: parsed.json, bytes }) : page
}

const tooManyBytes = () => openSourceFailure('Arena', 'too-large', `the pages exceed ${MAX_BYTES / 1e6} MB`)
