/**
 * Keeps the second source up to date: asks for it, checks it, keeps the last good one. Its failure is told in the status
 * and fails nothing else.
 */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Fetch } from '../../sources/bounded-fetch.ts'
import { modelsDevFailure } from '../../sources/models-dev/read-catalogue.ts'
import type { SourceSettings } from '../../sources/source.ts'
import { SOURCES } from '../../sources/sources.ts'
import { isRestoring } from '../backup/restorer.ts'
import type { Database } from '../store/database.ts'
import { enrichmentTag, hearEnrichment, packEnrichment, readEnrichment, writeEnrichment } from '../store/enrichment.ts'
import { dropSetting, putSetting } from '../store/settings.ts'

const SOURCE = SOURCES['models.dev']
const HOW_TO_FORCE = 'it is taken with POST /v1/admin/refresh?force=true'

interface EnricherParts {
  db: Database
  fetch: Fetch
  clock: () => number
}

export class Enricher {
  readonly #parts: EnricherParts

  constructor(parts: EnricherParts) {
    this.#parts = parts
  }

  /** Whether it now states something else; without settings it is off. `forced` takes a reply that has lost much. */
  async refresh(settings: SourceSettings | undefined, forced: () => boolean): Promise<Result<boolean, SourceFailure>> {
    if (!settings) return ok(false)
    const { db, clock } = this.#parts
    const refreshed = await this.#refresh(settings, forced)
    if (isRestoring(db)) return ok(false)
    if (refreshed.ok) dropSetting(db, 'enrichmentFailure')
    else putSetting(db, 'enrichmentFailure', { at: clock(), detail: refreshed.failure.detail })
    return refreshed
  }

  async #refresh(settings: SourceSettings, forced: () => boolean): Promise<Result<boolean, SourceFailure>> {
    const { db, fetch, clock } = this.#parts
    const { url } = settings
    const tag = enrichmentTag(db)
    const known = readEnrichment(db)
    const previous = known && tag?.url === url ? { etag: tag.etag } : undefined
    const fetched = await SOURCE.pull(settings, previous, fetch)
    if (!fetched.ok || isRestoring(db)) return fetched.ok ? ok(false) : fetched
    if (fetched.value === 'unchanged') {
      hearEnrichment(db, clock())
      return ok(false)
    }
    const { pull, pages, etag = null } = fetched.value
    const [loss] = known && !forced() ? SOURCE.guard(known.pull, pull) : []
    if (loss !== undefined) return modelsDevFailure('inconsistent', `${loss}: ${HOW_TO_FORCE}`)
    const packed = packEnrichment(pages[0])
    if (!packed) return modelsDevFailure('too-large', 'the reply exceeds 1.9 MB compressed, more than one row can hold')
    writeEnrichment(db, { url, etag, ...packed, heardAt: clock() })
    return ok(packed.digest !== known?.digest)
  }
}
