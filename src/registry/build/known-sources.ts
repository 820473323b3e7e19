/**
 * What the sources alone said in the last pull that was built, so that the guard need not build it again for the next one
 * while the object is awake. It is a function of the pull, the second source, the settings and the creators' names, by
 * which it is known: nothing that changes any of them can make it wrong.
 */

import type { BuildSettings } from '../../config.ts'
import { canonicalize } from '../../core/canonical.ts'
import type { Model } from '../../core/schema/model.ts'
import type { Database } from '../store/database.ts'
import { enrichmentDigest } from '../store/enrichment.ts'

const known = new WeakMap<Database, { key: string; models: Model[] }>()

/** Call after the names of the pull's creators have been stored. */
export function rememberSources(db: Database, digest: string, settings: BuildSettings, models: Model[]): void {
  known.set(db, { key: keyOf(db, digest, settings), models })
}

export function recallSources(db: Database, digest: string | null, settings: BuildSettings): Model[] | undefined {
  const last = known.get(db)
  return digest !== null && last?.key === keyOf(db, digest, settings) ? last.models : undefined
}

function keyOf(db: Database, digest: string, settings: BuildSettings): string {
  const names = db.sql.exec('select creator_id, provider from creator_providers order by creator_id').raw()
  return canonicalize([digest, settings, enrichmentDigest(db) ?? null, [...names]])
}
