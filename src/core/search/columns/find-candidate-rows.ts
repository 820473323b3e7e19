/** Narrows the rows that an id may mean: `whichModel` finds the same model among them as among all rows. Pure. */
import { undatedId } from '../by-id/which-model.ts'
import type { ModelColumns } from './model-columns.ts'

/** In the order of the manifest. */
export function findCandidateRows(columns: ModelColumns, id: string): Uint32Array {
  const wanted = undatedId(id)
  const values = columns.data.texts.value()
  const sdkModels = columns.data.texts.sdkModel()
  const undated = columns.undatedIds(undatedId)
  const rows: number[] = []
  // A variant's value begins with its slug. The column of `sdk.model` leaves out ids that equal the value.
  for (const [row, value] of values.entries())
    if (value.startsWith(id) || undated[row] === wanted || sdkModels[row] === id) rows.push(row)
  return Uint32Array.from(rows)
}
