/** The rows among which an id means one, if it means any: `whichModel` looks at no other. Pure. */
import { undatedId } from '../by-id/which-model.ts'
import type { ModelColumns } from './model-columns.ts'

/** In the order of the manifest. */
export function rowsThatMayMean(columns: ModelColumns, id: string): Uint32Array {
  const wanted = undatedId(id)
  const values = columns.data.texts.value()
  const sdkModels = columns.data.texts.sdkModel()
  const undated = columns.undatedIds(undatedId)
  const rows: number[] = []
  // Of a variant the slug is the beginning of its value. An `sdk.model` that is the value is not in its column.
  for (const [row, value] of values.entries())
    if (value.startsWith(id) || undated[row] === wanted || sdkModels[row] === id) rows.push(row)
  return Uint32Array.from(rows)
}
