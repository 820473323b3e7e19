/** The models of a version for lists: their columns as bytes from the tiers, and parsed models of few versions at once. */
import type { Pointer } from '../../core/schema/history.ts'
import type { Catalogue } from '../../core/schema/model.ts'
import { Listed } from '../../core/search/columns/listed.ts'
import { type ListedColumns, listedColumnsOf } from '../../core/search/columns/listed-models.ts'
import { BoundedMap } from '../../edge/bounded-map.ts'
import { readRecord } from '../../edge/records/read-record.ts'
import { sha256 } from '../../edge/sha256.ts'
import type { TaggedView } from '../../edge/tagged-view.ts'
import type { Tiers } from '../../edge/tiers.ts'
import { isPast, loadVersion } from '../../edge/versions/read-version.ts'
import { jsonView, storedJsonView } from '../../views/json-view.ts'
import type { View } from '../../views/view.ts'

/** Raised when the format of the columns changes. */
const COLUMNS_KEY = '/columns 1'

export async function readColumns(tiers: Tiers, pointer: Pointer): Promise<TaggedView> {
  const view = await readRecord(
    tiers,
    pointer,
    COLUMNS_KEY,
    async () => (await storedColumns(tiers, pointer)) ?? makeColumns(tiers, pointer),
  )
  if (!view) throw new Error(`Cannot list the models of ${pointer.version}`)
  return view
}

/** From KV, if they are complete and of this version. */
async function storedColumns(tiers: Tiers, pointer: Pointer): Promise<View | undefined> {
  if (isPast(tiers, pointer)) return undefined
  const read = tiers.kv.getWithMetadata<{ etag?: string; sha256?: string }>('listed', { type: 'arrayBuffer' })
  const { value, metadata } = (await read.catch(() => undefined)) ?? {}
  if (!value || metadata?.etag !== pointer.etag) return undefined
  const bytes = new Uint8Array(value)
  return sha256(bytes) === metadata.sha256 ? storedJsonView(bytes) : undefined
}

/** For a version that is not in KV: the whole manifest is parsed. */
async function makeColumns(tiers: Tiers, pointer: Pointer): Promise<View> {
  const { bytes } = await loadVersion(tiers, pointer)
  const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Catalogue // proven by its digests
  return jsonView(listedColumnsOf(manifest))
}

/** The models of a version take several times the bytes of its columns: those of the current one, and of one of the past. */
const MAX_LISTED = 2
const known = new BoundedMap<Listed>(MAX_LISTED)

export async function readListed(tiers: Tiers, pointer: Pointer): Promise<Listed> {
  const ready = known.get(pointer.etag)
  if (ready) return ready
  const view = await readColumns(tiers, pointer)
  const listed = new Listed(JSON.parse(new TextDecoder().decode(view.bytes)) as ListedColumns) // our own
  known.set(pointer.etag, listed, 1)
  return listed
}
