/**
 * The structure of Artificial Analysis (AA) replies, Free and Pro. Each page is a separate request, so a pull whose
 * pages disagree is discarded as a whole. Source: https://artificialanalysis.ai/api-reference, as of 2026-11.
 */
import * as z from 'zod'
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { MAX_TEXT } from '../../core/plain-text.ts'
import { Attribution } from '../../core/schema/history.ts'
import { isTooDeep, MAX_DEPTH } from '../source-depth.ts'
import { SourceSlug, SourceText } from '../source-text.ts'
import { sourceFailure } from './failure.ts'

/** A full pull was 4 pages in October 2026. The quota is 100 requests a day; a Worker may make 50 per invocation. */
export const MAX_PAGES = 40
const MAX_INDEX_VERSION = 1e6

/** Identity is strict; every other fact is read separately. */
const Row = z.looseObject({
  id: SourceText,
  name: SourceText,
  slug: SourceSlug,
  model_creator: z.looseObject({ id: SourceText, name: SourceText }).nullish(),
})
export type Row = z.infer<typeof Row>

const Envelope = z.looseObject({
  tier: z.string().max(MAX_TEXT),
  intelligence_index_version: z.number().min(-MAX_INDEX_VERSION).max(MAX_INDEX_VERSION),
  pagination: z.looseObject({ page: z.int(), total_pages: z.int(), has_more: z.boolean() }),
  /** Not in AA's replies: a stand-in that serves other data in the same shape names here whom to credit instead. */
  stand_in_attribution: z.array(BoundedAttribution()).min(1).max(10).optional(),
})
const Page = Envelope.extend({ data: z.array(z.unknown()).min(1, 'has no rows') })
export type Page = z.infer<typeof Envelope> & { data: Row[] }

function BoundedAttribution() {
  const link = { name: SourceText, url: z.url({ protocol: /^https?$/ }).max(MAX_TEXT) }
  return Attribution.extend({ ...link, license: z.strictObject(link).optional(), note: SourceText.optional() }).strict()
}

/**
 * Pages that were checked already: a pull is checked when it is fetched and split, and read afterwards. Pages never
 * change.
 */
const known = new WeakMap<object, Page>()

/** Checks one page by itself. `number`: counts from 1, for the error message. */
export function readPage(page: unknown, number: number): Result<Page, SourceFailure> {
  const isObject = typeof page === 'object' && page !== null
  const last = isObject ? known.get(page) : undefined
  if (last) return ok(last)
  const read = checkPage(page, number)
  if (read.ok && isObject) known.set(page, read.value)
  return read
}

function checkPage(page: unknown, number: number): Result<Page, SourceFailure> {
  if (isTooDeep(page)) return sourceFailure('invalid', `page ${number} is nested more than ${MAX_DEPTH} levels deep`)
  const parsed = Page.safeParse(page)
  if (!parsed.success) return sourceFailure('invalid', `page ${number}: ${errorOf(parsed.error, [])}`)
  const data: Row[] = []
  // Stops at the first bad row: errors for all rows of a reply could exhaust the memory.
  for (const [index, row] of parsed.data.data.entries()) {
    const read = Row.safeParse(row)
    if (!read.success) return sourceFailure('invalid', `page ${number}: ${errorOf(read.error, ['data', index])}`)
    data.push(read.data)
  }
  return ok({ ...parsed.data, data })
}

function errorOf({ issues: [issue] }: z.ZodError, place: PropertyKey[]): string {
  return `${[...place, ...(issue?.path ?? [])].join('.') || 'reply'}: ${issue?.message}`
}

/** Checks all pages of a pull, in order, against each other. */
export function readPages(pages: unknown[]): Result<[Page, ...Page[]], SourceFailure> {
  if (pages.length > MAX_PAGES)
    return sourceFailure('too-large', `it has ${pages.length} pages, more than ${MAX_PAGES}`)
  const read: Page[] = []
  for (const [index, page] of pages.entries()) {
    const result = readPage(page, index + 1)
    if (!result.ok) return result
    read.push(result.value)
  }
  const [first, ...others] = read
  if (!first) return sourceFailure('invalid', 'it has no pages')
  const disagreement = disagreementOf(first, read)
  return disagreement ? sourceFailure('inconsistent', disagreement) : ok([first, ...others])
}

function disagreementOf(first: Page, pages: Page[]): string | undefined {
  for (const [index, page] of pages.entries()) {
    const { pagination, intelligence_index_version: indexVersion } = page
    if (indexVersion !== first.intelligence_index_version)
      return `page ${index + 1} has index version ${indexVersion}, page 1 has ${first.intelligence_index_version}`
    if (pagination.total_pages !== first.pagination.total_pages)
      return `page ${index + 1} counts ${pagination.total_pages} pages, page 1 counts ${first.pagination.total_pages}`
    if (page.tier !== first.tier) return `page ${index + 1} has tier "${page.tier}", page 1 has "${first.tier}"`
    if (pagination.page !== index + 1) return `page ${index + 1} has page number ${pagination.page}`
    if (pagination.has_more !== index + 1 < pagination.total_pages)
      return `page ${index + 1} of ${pagination.total_pages} states that ${pagination.has_more ? 'more' : 'no more'} pages follow`
  }
  if (pages.length !== first.pagination.total_pages)
    return `it ends after ${pages.length} of ${first.pagination.total_pages} pages`
  return repeatedId(pages)
}

function repeatedId(pages: Page[]): string | undefined {
  const ids = new Set<string>()
  for (const { id } of pages.flatMap((page) => page.data)) {
    if (ids.has(id)) return `the id "${id}" is listed twice`
    ids.add(id)
  }
  return undefined
}
