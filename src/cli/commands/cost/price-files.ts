/** Reads the files once: each row is read, priced and added to the report. Memory holds one chunk of a file at a time. */
import { readRows } from './formats/read-rows.ts'
import type { ReadOptions, RowReading, UsageRow } from './formats/usage-row.ts'
import { DistinctRows } from './price/distinct-rows.ts'
import { readRecords } from './read/read-records.ts'
import { readText } from './read/read-text.ts'
import type { RowPricer } from './row-pricer.ts'

/** `onRecords` is called with the number of records so far. */
export async function priceFiles(
  files: string[],
  options: ReadOptions,
  pricer: RowPricer,
  onRecords: (count: number) => void,
): Promise<void> {
  const distinct = new DistinctRows()
  let count = 0
  for (const file of files) {
    for await (const records of readRecords(file, readText(file))) {
      for (const reading of records.flatMap((record) => readRows(record, options))) {
        const row = takeRow(reading, distinct, file, pricer)
        if (row) await pricer.price(row, file)
      }
      await pricer.flush()
      count += records.length
      onRecords(count)
    }
    // A message ends in the file that it began in; in others it is repeated.
    for (const row of distinct.end()) await pricer.price(row, file)
  }
  await pricer.end(distinct.repeated)
}

/** The row to price now: this one, or one that waited. */
function takeRow(reading: RowReading, distinct: DistinctRows, file: string, pricer: RowPricer): UsageRow | undefined {
  if ('usage' in reading) return distinct.push(reading)
  if ('skipped' in reading) pricer.skip(reading.skipped)
  else pricer.refuse({ file, record: reading.record, model: reading.model ?? '' }, reading.problem)
  return undefined
}
