/**
 * Keeps the second source up to date: asks for it, checks it, keeps the last good one. Its failure is told in the status
 * and fails nothing else.
 */
import type { Config } from '../../config.ts'
import type { Enrichment } from '../../core/build/enrichment.ts'
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Fetch } from '../../sources/bounded-fetch.ts'
import { fetchModelsDev } from '../../sources/models-dev/fetch-catalogue.ts'
import { modelsDevFailure, readModelsDev } from '../../sources/models-dev/read-catalogue.ts'
import { isRestoring } from '../backup/restorer.ts'
import type { Database } from '../store/database.ts'
import { enrichmentTag, hearEnrichment, packEnrichment, readEnrichment, writeEnrichment } from '../store/enrichment.ts'
import { dropSetting, putSetting } from '../store/settings.ts'

/** Ordinary days lose a few models. A reply that lost more than this share is half a reply. */
const MAX_LOSS = 0.2

interface EnricherParts {
  db: Database
  config: Config
  fetch: Fetch
  clock: () => number
}

export class Enricher {
  readonly #parts: EnricherParts

  constructor(parts: EnricherParts) {
    this.#parts = parts
  }

  /** Whether it now says something else. `forced` takes a reply that has lost much. */
  async refresh(forced: () => boolean): Promise<Result<boolean, SourceFailure>> {
    const { db, config, clock } = this.#parts
    if (!config.modelsDevUrl.ok || config.modelsDevUrl.value === undefined) return ok(false)
    const refreshed = await this.#refresh(config.modelsDevUrl.value, forced)
    if (isRestoring(db)) return ok(false)
    if (refreshed.ok) dropSetting(db, 'enrichmentFailure')
    else putSetting(db, 'enrichmentFailure', { at: clock(), detail: refreshed.failure.detail })
    return refreshed
  }

  async #refresh(url: string, forced: () => boolean): Promise<Result<boolean, SourceFailure>> {
    const { db, fetch, clock } = this.#parts
    const tag = enrichmentTag(db)
    const known = readEnrichment(db)
    const etag = known && tag?.url === url ? tag.etag : undefined
    const fetched = await fetchModelsDev({ url, ...(etag !== undefined && { etag }) }, fetch)
    if (!fetched.ok || isRestoring(db)) return fetched.ok ? ok(false) : fetched
    if (!fetched.value) {
      hearEnrichment(db, clock())
      return ok(false)
    }
    const { json, etag: newTag = null } = fetched.value
    const read = readModelsDev(json)
    if (!read.ok) return read
    const loss = known && !forced() && lossOf(known.enrichment, read.value)
    if (loss) return modelsDevFailure('inconsistent', loss)
    const packed = packEnrichment(json)
    if (!packed) return modelsDevFailure('too-large', 'the reply exceeds 1.9 MB compressed, more than one row can hold')
    writeEnrichment(db, { url, etag: newTag, ...packed, heardAt: clock() })
    return ok(packed.digest !== known?.digest)
  }
}

/** Why a reply cannot be trusted after the one before it. */
function lossOf(before: Enrichment, after: Enrichment): string | undefined {
  const ids = new Set(after.offers.flatMap(({ rows }) => rows.map(({ id }) => id)))
  const known = before.offers.flatMap(({ rows }) => rows)
  const lost = known.filter(({ id }) => !ids.has(id)).length
  if (lost <= known.length * MAX_LOSS) return undefined
  return `${lost} of ${known.length} models are gone: it is taken with POST /v1/admin/refresh?force=true`
}
