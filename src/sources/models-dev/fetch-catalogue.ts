/** Asks models.dev for its catalogue, unless it is the one that is known already. */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Fetch } from '../bounded-fetch.ts'
import { fetchIfChanged, parseReply } from '../open-source.ts'
import { modelsDevFailure } from './failure.ts'

/** The catalogue was 2.5 MB in July 2026. */
const MAX_BYTES = 20_000_000

export interface FetchedCatalogue {
  json: unknown
  /** To ask with the next time. */
  etag?: string
}

/** `undefined` when it is unchanged since the one with this ETag. */
export async function fetchModelsDev(
  { url, etag }: { url: string; etag?: string },
  fetch: Fetch,
): Promise<Result<FetchedCatalogue | undefined, SourceFailure>> {
  const asked = {
    source: 'models.dev',
    setting: 'MODELS_DEV_URL',
    url,
    accept: 'application/json',
    maxBytes: MAX_BYTES,
  }
  const reply = await fetchIfChanged(asked, etag, fetch)
  if (!reply.ok) return reply
  if (reply.value === 'unchanged') return ok(undefined)
  const { text, etag: tag } = reply.value
  const parsed = parseReply(text)
  if (parsed.problem !== undefined) return modelsDevFailure('invalid', parsed.problem)
  return ok({ json: parsed.json, ...(tag !== undefined && { etag: tag }) })
}
