/**
 * A version with the columns that searches read: from memory, the Cache API or KV, where the registry puts them beside
 * the manifest. KV has none for a past version; its columns are built from its manifest, once per data centre.
 */
import type { Pointer } from '../../core/schema/history.ts'
import { columnsOf, type ModelColumns } from '../../core/search/columns/model-columns.ts'
import { packColumns, unpackColumns } from '../../core/search/columns/packed-columns.ts'
import { placedModels } from '../../core/search/columns/placed-models.ts'
import { commitKeyOf } from '../memory.ts'
import type { Need } from '../parts/version-parts.ts'
import { getShared, putShared } from '../shared-cache.ts'
import type { Tiers } from '../tiers.ts'
import type { LoadedVersion } from './loaded-version.ts'
import { isPast, type Loader, loadVersion } from './read-version.ts'

const COLUMNS_KEY = 'columns'

export interface SearchableVersion {
  version: LoadedVersion
  columns: ModelColumns
}

/** Parts are verified when they are returned: a search reads the columns of all of them. */
export const SEARCHABLE: Loader<SearchableVersion> = {
  known({ memory }, pointer) {
    const version = memory.versions.get(commitKeyOf(pointer))
    return version?.columns && { version, columns: version.columns }
  },
  load: (tiers, pointer) => loadSearchable(tiers, pointer, []),
  loadWhole: (tiers, pointer) => loadSearchable(tiers, pointer, 'all'),
}

async function loadSearchable(tiers: Tiers, pointer: Pointer, need: Need): Promise<SearchableVersion> {
  // In parallel: one after the other, a fresh isolate would wait twice.
  const [version, stored] = await Promise.all([loadVersion(tiers, pointer, need), storedColumns(tiers, pointer)])
  // They contain the digest of their manifest: KV may have the columns of another commit for a while.
  const found = version.columns ?? (stored && unpackColumns(stored.bytes, version.index.sha256))
  if (!found) return makeColumns(tiers, pointer)
  version.columns = found
  if (stored && !stored.isShared) shareColumns(tiers, pointer, stored.bytes)
  return { version, columns: found }
}

async function makeColumns(tiers: Tiers, pointer: Pointer): Promise<SearchableVersion> {
  const version = await loadVersion(tiers, pointer)
  const columns = columnsOf(placedModels(version.bytes, version.index.parts))
  version.columns = columns
  shareColumns(tiers, pointer, packColumns(columns, version.index.sha256))
  return { version, columns }
}

/** From the nearest tier that has them. */
async function storedColumns(
  tiers: Tiers,
  pointer: Pointer,
): Promise<{ bytes: Uint8Array; isShared: boolean } | undefined> {
  if (SEARCHABLE.known(tiers, pointer)) return undefined
  const shared = await getShared(tiers, commitKeyOf(pointer), COLUMNS_KEY)
  if (shared) return { bytes: shared.bytes, isShared: true }
  if (isPast(tiers, pointer)) return undefined
  const bytes = await tiers.kv.get(COLUMNS_KEY, { type: 'arrayBuffer' }).catch(() => undefined)
  return bytes ? { bytes: new Uint8Array(bytes), isShared: false } : undefined
}

function shareColumns(tiers: Tiers, pointer: Pointer, bytes: Uint8Array): void {
  const view = { bytes, contentType: 'application/octet-stream', etag: pointer.etag }
  putShared(tiers, commitKeyOf(pointer), COLUMNS_KEY, view)
}
