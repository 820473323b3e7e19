/**
 * Reads the pages of the Hugging Face dataset server: rows in an envelope, with the total number of rows. The structure
 * is strict; the fields of a row are read by `readBoard`.
 */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { isJsonObject, type JsonObject } from '../field-reader.ts'
import { openSourceFailure } from '../open-source.ts'
import { isTooDeep } from '../source-depth.ts'

export interface Page {
  rows: JsonObject[]
  total: number
}

/** 30 pages of 100 rows. */
const MAX_ROWS = 3000

export function readPage(json: unknown, number: number): Result<Page, SourceFailure> {
  if (!isJsonObject(json) || !Array.isArray(json.rows)) return invalid(`page ${number} has no list of rows`)
  if (isTooDeep(json)) return invalid(`page ${number} is nested too deeply`)
  if (json.partial === true) return invalid(`page ${number} covers only a part of the dataset`)
  const { num_rows_total: total } = json
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 0)
    return invalid(`page ${number} has no number of rows`)
  const rows = json.rows.flatMap((row: unknown) => (isJsonObject(row) && isJsonObject(row.row) ? [row.row] : []))
  if (rows.length < json.rows.length) return invalid(`page ${number} has a row that is not an object`)
  return ok({ rows, total })
}

/** All rows of a pull. Their number must equal the total that every page states. */
export function readPages(pages: readonly unknown[]): Result<JsonObject[], SourceFailure> {
  const rows: JsonObject[] = []
  const totals = new Set<number>()
  for (const [index, json] of pages.entries()) {
    const page = readPage(json, index + 1)
    if (!page.ok) return page
    rows.push(...page.value.rows)
    totals.add(page.value.total)
  }
  if (totals.size > 1) return openSourceFailure('Arena', 'inconsistent', 'the board changed between two pages')
  if (rows.length > MAX_ROWS) return openSourceFailure('Arena', 'too-large', `it has more than ${MAX_ROWS} rows`)
  const [total = 0] = totals
  if (rows.length !== total) return invalid(`it has ${rows.length} of ${total} rows`)
  return ok(rows)
}

function invalid(detail: string): { ok: false; failure: SourceFailure } {
  return openSourceFailure('Arena', 'invalid', detail)
}
