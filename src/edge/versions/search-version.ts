/**
 * Searches of one version: models are found in its columns and returned as slices of its manifest. Only `model` and
 * `collapse` parse models: those that match the id, or those that were found.
 */
import { concatenate } from '../../core/concatenate.ts'
import type { Model } from '../../core/schema/model.ts'
import { findCandidateRows } from '../../core/search/columns/find-candidate-rows.ts'
import type { ModelColumns } from '../../core/search/columns/model-columns.ts'
import { searchPage, searchRows } from '../../core/search/columns/search-rows.ts'
import { type ModelFilter, meantBy, searchModels } from '../../core/search/search.ts'
import { jsonListView, storedJsonView } from '../../views/json-view.ts'
import { listOfSlices } from '../../views/part-views.ts'
import type { View } from '../../views/view.ts'
import { UNPROVEN } from './read-version.ts'
import type { SearchableVersion } from './searchable-version.ts'

export function searchVersion(searched: SearchableVersion, { model, ...filter }: ModelFilter): View | typeof UNPROVEN {
  const { version, columns } = searched
  const among = model === undefined ? undefined : rowsMeantBy(searched, model)
  if (among === UNPROVEN) return UNPROVEN
  if (filter.collapse) return collapsedView(searched, filter, among)
  const { page, total } = searchPage(columns, filter, among)
  if (!provesRows(searched, page)) return UNPROVEN
  return { ...listOfSlices(slicesOf(version.bytes, columns, page)), total }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A family at every provider, the cheapest first. */
export function offersView({ version, columns }: SearchableVersion, family: string): View | typeof UNPROVEN {
  const rows = searchRows(columns, { family: [family], sort: 'price' })
  if (!provesRows({ version, columns }, rows)) return UNPROVEN
  const { bytes } = listOfSlices(slicesOf(version.bytes, columns, rows))
  const opening = encoder.encode(`{"family":${JSON.stringify(family)},"offers":`)
  return storedJsonView(concatenate([opening, bytes, encoder.encode('}')]))
}

/** Families are only known once all matches are, and variants are not slices. */
function collapsedView(searched: SearchableVersion, filter: ModelFilter, among: Uint32Array | undefined) {
  const { sort, ...matching } = filter
  const found = modelsAt(searched, searchRows(searched.columns, matching, among))
  if (found === UNPROVEN) return UNPROVEN
  const { models, total } = searchModels(found, { ...pagingOf(filter), collapse: 'family', ...(sort && { sort }) })
  return jsonListView(models, total)
}

function pagingOf({ limit, offset }: ModelFilter): Pick<ModelFilter, 'limit' | 'offset'> {
  return { ...(limit !== undefined && { limit }), ...(offset !== undefined && { offset }) }
}

function rowsMeantBy(searched: SearchableVersion, id: string): Uint32Array | typeof UNPROVEN {
  const rows = findCandidateRows(searched.columns, id)
  const models = modelsAt(searched, rows)
  if (models === UNPROVEN) return UNPROVEN
  const meant = new Set(meantBy(models, id))
  return rows.filter((_row, index) => meant.has(models[index] as Model)) // one for each row
}

function modelsAt(searched: SearchableVersion, rows: Uint32Array): Model[] | typeof UNPROVEN {
  if (!provesRows(searched, rows)) return UNPROVEN
  const { version, columns } = searched
  return Array.from(rows, (row): Model => JSON.parse(decoder.decode(version.bytes.subarray(...columns.range(row)))))
}

/** Whether the parts that contain these rows are verified. */
function provesRows({ version, columns }: SearchableVersion, rows: Uint32Array): boolean {
  const { values, codes } = columns.data.names.provider
  const seen = new Set<number>()
  for (const row of rows) seen.add(codes[row] ?? 0)
  return version.proves([...seen].map((code) => values[code] ?? ''))
}

/** Adjacent models in the manifest form one slice, with the comma between them. */
function slicesOf(manifest: Uint8Array, columns: ModelColumns, rows: Uint32Array): Uint8Array[] {
  const { ranges } = columns.data
  const slices: Uint8Array[] = []
  let start = 0
  let end = 0
  for (const row of rows) {
    const next = ranges[2 * row] ?? 0
    if (end > 0 && next !== end + 1) slices.push(manifest.subarray(start, end))
    if (next !== end + 1) start = next
    end = ranges[2 * row + 1] ?? 0
  }
  if (end > 0) slices.push(manifest.subarray(start, end))
  return slices
}
