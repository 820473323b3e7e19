/** What lists are made of, for one version: the columns as bytes from the tiers, and their models, of few versions at once. */
import type { Pointer } from '../../core/schema/history.ts'
import { BoundedMap } from '../../edge/bounded-map.ts'
import { readView } from '../../edge/read-version.ts'
import type { TaggedView } from '../../edge/tagged-view.ts'
import type { Tiers } from '../../edge/tiers.ts'
import { jsonView } from '../../views/json-view.ts'
import { type Columns, columnsOf, type Listed, listedOf } from '../../views/pages/list/columns.ts'
import { wholeManifest } from './whole-manifest.ts'

/** Raised when columns of the same version are written in another way. */
const COLUMNS_KEY = '/columns 1'

export async function readColumns(tiers: Tiers, pointer: Pointer): Promise<TaggedView> {
  const view = await readView(tiers, pointer, COLUMNS_KEY, (version) => jsonView(columnsOf(wholeManifest(version))))
  if (!view) throw new Error(`Cannot list the models of ${pointer.version}`)
  return view
}

/** The models of a version take several times the bytes of its columns: those of the current one, and of one of the past. */
const MAX_LISTED = 2
const known = new BoundedMap<Listed>(MAX_LISTED)

export async function readListed(tiers: Tiers, pointer: Pointer): Promise<Listed> {
  const ready = known.get(pointer.etag)
  if (ready) return ready
  const view = await readColumns(tiers, pointer)
  const listed = listedOf(JSON.parse(new TextDecoder().decode(view.bytes)) as Columns) // our own
  known.set(pointer.etag, listed, 1)
  return listed
}
