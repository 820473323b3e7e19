/**
 * CSV as RFC 4180 has it, read strictly: a quote out of place and a record of another length than the header are errors,
 * since half a file must not pass for a whole one. By hand, as being strict is all that matters here.
 */

/** Records by the names of the header's columns, whatever their order; or what is wrong. */
export type CsvReading =
  | { records: ReadonlyMap<string, string>[]; problem?: never }
  | { problem: string; records?: never }

/** A field with the separator after it: quoted, with its quotes doubled, or free of quotes, commas and line breaks. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y

export function readCsv(text: string): CsvReading {
  const lines = splitRecords(text.replace(/^\uFEFF/, ''))
  if (typeof lines === 'string') return { problem: lines }
  const [header = [], ...rows] = lines
  const repeated = header.find((name, index) => header.indexOf(name) !== index)
  if (repeated !== undefined) return { problem: `it has the column "${repeated}" twice` }
  const odd = rows.findIndex(({ length }) => length !== header.length)
  if (odd >= 0) {
    const count = rows[odd]?.length ?? 0
    return { problem: `record ${odd + 2} has ${count} values, but the header has ${header.length} columns` }
  }
  return { records: rows.map((row) => new Map(header.map((name, index) => [name, row[index] ?? '']))) }
}

/** What is wrong, as a text. */
function splitRecords(text: string): string[][] | string {
  const records: string[][] = []
  let record: string[] = []
  // After a comma there is one more field, be it empty.
  for (FIELD.lastIndex = 0; FIELD.lastIndex < text.length || record.length > 0; ) {
    const at = FIELD.lastIndex
    const match = FIELD.exec(text)
    if (!match) return `record ${records.length + 1} has a misplaced quote`
    const [whole, quoted, plain = '', separator] = match
    FIELD.lastIndex = at + whole.length
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (separator === ',') continue
    records.push(record)
    record = []
  }
  return records
}
