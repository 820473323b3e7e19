/**
 * The replies of the Artificial Analysis (AA) API, Free and Pro: recorded pages in, a pull in the registry's words out.
 * Pages are separate requests, so a pull whose pages disagree is no pull and is discarded whole.
 * Source: https://artificialanalysis.ai/api-reference, as of 2026-11. Unknown keys pass: AA adds them without notice.
 */
import * as z from 'zod'
import type { ModalityFlags, SourcePull, StatedFacts, Statement } from '../../core/build/statement.ts'
import { fail, ok, type Result, type SourceFailure, type SourceFailureReason } from '../../core/failure.ts'
import { Attribution } from '../../core/schema/history.ts'
import type { Capabilities } from '../../core/schema/model.ts'
import { isTooDeep, MAX_DEPTH } from '../source-depth.ts'
import { SourceSlug, SourceText } from '../source-text.ts'
import { AA_CREATORS } from './creators.ts'

/** A full pull was 4 pages in October 2026; the quota is 100 requests a day, a Worker's 50 subrequests an invocation. */
export const MAX_PAGES = 40

export const AA_ATTRIBUTION: Attribution = { name: 'Artificial Analysis', url: 'https://artificialanalysis.ai/' }

const Measure = z.number().min(-1e12).max(1e12).nullish()
/** No price, speed or delay comes near; above it sums would overflow. */
const MAX_AMOUNT = 1e12
const Amount = z.number().nonnegative().max(MAX_AMOUNT).nullish()
const Answer = z.boolean().nullish()
const Modalities = z.looseObject({ text: Answer, image: Answer, video: Answer, speech: Answer }).nullish()

const Row = z.looseObject({
  id: SourceText,
  name: SourceText,
  slug: SourceSlug,
  release_date: z.iso.date().nullish(),
  model_creator: z.looseObject({ id: SourceText, name: SourceText }).nullish(),
  evaluations: z
    .looseObject({
      artificial_analysis_intelligence_index: Measure,
      artificial_analysis_coding_index: Measure,
      artificial_analysis_agentic_index: Measure,
    })
    .nullish(),
  pricing: z
    .looseObject({
      price_1m_input_tokens: Amount,
      price_1m_output_tokens: Amount,
      price_1m_cache_hit_tokens: Amount,
      price_1m_cache_write_tokens: Amount,
      price_1m_blended_3_to_1: Amount,
    })
    .nullish(),
  performance: z
    .looseObject({
      median_output_tokens_per_second: Amount,
      median_time_to_first_token_seconds: Amount,
      median_time_to_first_answer_token_seconds: Amount,
      median_end_to_end_response_time_seconds: Amount,
    })
    .nullish(),
  reasoning_model: Answer,
  context_window_tokens: z.int().nonnegative().nullish(),
  modalities: z.looseObject({ input: Modalities, output: Modalities }).nullish(),
  licensing: z.looseObject({ is_open_weights: Answer }).nullish(),
})
type Row = z.infer<typeof Row>

const Envelope = z.looseObject({
  tier: z.string(),
  intelligence_index_version: z.number().min(-MAX_AMOUNT).max(MAX_AMOUNT),
  pagination: z.looseObject({ page: z.int(), total_pages: z.int(), has_more: z.boolean() }),
  /** Not AA's: a stand-in that serves other data in AA's shape says here whom to credit instead. */
  stand_in_attribution: z.array(Attribution).min(1).optional(),
})
const Page = Envelope.extend({ data: z.array(z.unknown()).min(1, 'holds no rows') })
type Page = z.infer<typeof Envelope> & { data: Row[] }

/** One page of a reply, checked by itself. `number` counts from 1 and goes into the message. */
export function readPage(page: unknown, number: number): Result<Page, SourceFailure> {
  if (isTooDeep(page)) return sourceFailure('invalid', `page ${number}: is nested more than ${MAX_DEPTH} deep`)
  const parsed = Page.safeParse(page)
  if (!parsed.success) return sourceFailure('invalid', `page ${number}: ${complaintOf(parsed.error, [])}`)
  const data: Row[] = []
  // The first bad row is enough to know: complaints of as many as fit in a reply would fill the memory.
  for (const [index, row] of parsed.data.data.entries()) {
    const read = Row.safeParse(row)
    if (!read.success) return sourceFailure('invalid', `page ${number}: ${complaintOf(read.error, ['data', index])}`)
    data.push(read.data)
  }
  return ok({ ...parsed.data, data })
}

function complaintOf({ issues: [issue] }: z.ZodError, place: PropertyKey[]): string {
  return `${[...place, ...(issue?.path ?? [])].join('.') || 'reply'}: ${issue?.message}`
}

/** A whole pull from its pages in order, checked against each other. */
export function readPull(pages: unknown[]): Result<SourcePull, SourceFailure> {
  if (pages.length > MAX_PAGES)
    return sourceFailure('too-large', `${pages.length} pages, at most ${MAX_PAGES} are read`)
  const read: Page[] = []
  for (const [index, page] of pages.entries()) {
    const result = readPage(page, index + 1)
    if (!result.ok) return result
    read.push(result.value)
  }
  const first = read[0]
  if (!first) return sourceFailure('invalid', 'it holds no pages')
  const disagreement = disagreementOf(first, read)
  if (disagreement) return sourceFailure('inconsistent', disagreement)
  return ok({
    source: 'artificial-analysis',
    tier: first.tier,
    indexVersion: first.intelligence_index_version,
    attribution: first.stand_in_attribution ?? [AA_ATTRIBUTION],
    statements: read.flatMap((page) => page.data.map(readRow)),
  })
}

export function sourceFailure(
  reason: SourceFailureReason,
  detail: string,
  retryAfterSeconds?: number,
): { ok: false; failure: SourceFailure } {
  const failure: SourceFailure = {
    code: 'source-failed',
    reason,
    detail: `Cannot pull from Artificial Analysis: ${detail}`,
  }
  return fail(retryAfterSeconds === undefined ? failure : { ...failure, retryAfterSeconds })
}

function disagreementOf(first: Page, pages: Page[]): string | undefined {
  for (const [index, page] of pages.entries()) {
    const { pagination, intelligence_index_version: indexVersion } = page
    if (indexVersion !== first.intelligence_index_version)
      return `page ${index + 1} is of index version ${indexVersion}, page 1 of ${first.intelligence_index_version}`
    if (pagination.total_pages !== first.pagination.total_pages)
      return `page ${index + 1} counts ${pagination.total_pages} pages, page 1 counts ${first.pagination.total_pages}`
    if (page.tier !== first.tier) return `page ${index + 1} is of tier "${page.tier}", page 1 of "${first.tier}"`
    if (pagination.page !== index + 1) return `page ${index + 1} calls itself page ${pagination.page}`
    if (pagination.has_more !== index + 1 < pagination.total_pages)
      return `page ${index + 1} of ${pagination.total_pages} says ${pagination.has_more ? 'more' : 'no more'} pages follow`
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

function readRow(row: Row): Statement {
  const { id, slug, name, model_creator: creator } = row
  return {
    source: 'artificial-analysis',
    ...{ id, value: slug, name },
    creator: creator ? { id: creator.id, name: creator.name } : undefined,
    provider: creator ? AA_CREATORS.get(creator.id) : undefined,
    // Creators are labs.
    firstParty: true,
    facts: readFacts(row),
  }
}

function readFacts(row: Row): StatedFacts {
  const { evaluations, pricing, performance } = row
  return {
    releaseDate: row.release_date ?? undefined,
    openWeights: row.licensing?.is_open_weights ?? undefined,
    modalities: row.modalities
      ? { input: flagsOf(row.modalities.input), output: flagsOf(row.modalities.output) }
      : undefined,
    capabilities: 'modalities' in row || 'reasoning_model' in row ? capabilitiesOfPro(row) : capabilitiesOfFree(row),
    pricing: {
      input: pricing?.price_1m_input_tokens ?? undefined,
      output: pricing?.price_1m_output_tokens ?? undefined,
      blended: pricing?.price_1m_blended_3_to_1 ?? undefined,
      cacheRead: pricing?.price_1m_cache_hit_tokens ?? undefined,
      cacheWrite: pricing?.price_1m_cache_write_tokens ?? undefined,
    },
    metrics: {
      intelligenceIndex: evaluations?.artificial_analysis_intelligence_index ?? undefined,
      codingIndex: evaluations?.artificial_analysis_coding_index ?? undefined,
      agenticIndex: evaluations?.artificial_analysis_agentic_index ?? undefined,
      outputTokensPerSecond: performance?.median_output_tokens_per_second ?? undefined,
      timeToFirstToken: performance?.median_time_to_first_token_seconds ?? undefined,
      timeToFirstAnswer: performance?.median_time_to_first_answer_token_seconds ?? undefined,
      endToEnd: performance?.median_end_to_end_response_time_seconds ?? undefined,
      // A window of no tokens is no window.
      contextWindow: row.context_window_tokens || undefined,
    },
  }
}

function capabilitiesOfPro({ modalities, reasoning_model }: Row): Capabilities {
  const { input, output } = modalities ?? {}
  return {
    text: output?.text ?? undefined,
    vision: input?.image ?? undefined,
    audio: either(input?.speech, output?.speech),
    reasoning: reasoning_model ?? undefined,
  }
}

function flagsOf(modalities: z.infer<typeof Modalities>): ModalityFlags {
  const { text, image, video, speech } = modalities ?? {}
  return { text: text ?? undefined, image: image ?? undefined, video: video ?? undefined, audio: speech ?? undefined }
}

/** True if one is, false only if both are: silence about one side leaves the answer open. */
function either(a: boolean | null | undefined, b: boolean | null | undefined): boolean | undefined {
  if (a === true || b === true) return true
  return a === false && b === false ? false : undefined
}

function capabilitiesOfFree({ name }: Row): Capabilities {
  return { text: true, reasoning: reasoningByName(name) }
}

/** Free says whether a model reasons only in the last "(...)" group of its name, if at all. */
export function reasoningByName(name: string): boolean | undefined {
  const group = /^\([^()]*\)/.exec(name.slice(name.lastIndexOf('(')))?.[0].toLowerCase()
  if (group === undefined) return undefined
  if (/\bnon-?\s?(reasoning|thinking)\b/.test(group)) return false
  return /\b(reasoning|adaptive|thinking|low|medium|high|xhigh|max)\b/.test(group) ? true : undefined
}
