/** Reads usage rows like the command, without pricing them. */
import { readRows } from '../../../../src/cli/commands/cost/formats/read-rows.ts'
import type { ReadOptions, RowReading } from '../../../../src/cli/commands/cost/formats/usage-row.ts'
import type { FileRecord } from '../../../../src/cli/commands/cost/read/file-record.ts'
import { readRecords } from '../../../../src/cli/commands/cost/read/read-records.ts'

/** The records of a text that is read in chunks of this length. */
export async function recordsOf(text: string, length = text.length): Promise<FileRecord[]> {
  const records: FileRecord[] = []
  for await (const some of readRecords('usage', piecesOf(text, length))) records.push(...some)
  return records
}

export async function rowsOf(text: string, options: Partial<ReadOptions> = {}): Promise<RowReading[]> {
  const records = await recordsOf(text)
  return records.flatMap((record) => readRows(record, { ignore: new Set(), isUtc: false, ...options }))
}

async function* piecesOf(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += Math.max(1, length)) yield text.slice(at, at + Math.max(1, length))
}
