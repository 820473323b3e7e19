/** Fetches the catalogue of models.dev, which is one page, unless it has not changed. */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Fetch } from '../bounded-fetch.ts'
import { fetchIfChanged, parseReply } from '../open-source.ts'
import type { FetchedPull } from '../source.ts'
import { modelsDevFailure } from './failure.ts'

/** The catalogue was 2.5 MB in July 2026. */
const MAX_BYTES = 20_000_000

/** Returns 'unchanged' if the catalogue still has this ETag. */
export async function fetchModelsDev(
  { url, etag }: { url: string; etag?: string },
  fetch: Fetch,
): Promise<Result<FetchedPull | 'unchanged', SourceFailure>> {
  const asked = {
    source: 'models.dev',
    setting: 'MODELS_DEV_URL',
    url,
    accept: 'application/json',
    maxBytes: MAX_BYTES,
  }
  const reply = await fetchIfChanged(asked, etag, fetch)
  if (!reply.ok || reply.value === 'unchanged') return reply.ok ? ok('unchanged') : reply
  const { text, etag: tag } = reply.value
  const parsed = parseReply(text)
  if (parsed.problem !== undefined) return modelsDevFailure('invalid', parsed.problem)
  return ok({ pages: [parsed.json], ...(tag !== undefined && { etag: tag }) })
}
