/** What lists are made of, for one version: the columns as bytes from the tiers, and their models for as long as those are kept. */
import type { Pointer } from '../../core/schema/history.ts'
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

const known = new WeakMap<TaggedView, Listed>()

export async function readListed(tiers: Tiers, pointer: Pointer): Promise<Listed> {
  const view = await readColumns(tiers, pointer)
  const listed = known.get(view) ?? listedOf(JSON.parse(new TextDecoder().decode(view.bytes)) as Columns) // our own
  known.set(view, listed)
  return listed
}
