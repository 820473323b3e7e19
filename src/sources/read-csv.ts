/**
 * Reads CSV (RFC 4180) strictly: a misplaced quote, or a record whose length differs from the header's, is an error, so
 * that part of a file is never taken for the whole. Written by hand, because libraries are more lenient.
 */

/** Records by column name, or what is wrong with the text. */
export type CsvReading =
  | { records: ReadonlyMap<string, string>[]; problem?: never }
  | { problem: string; records?: never }

/** A field and the separator after it. It is quoted with doubled quotes, or has no quotes, commas and line breaks. */
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

/** Returns a text if the CSV is invalid. */
function splitRecords(text: string): string[][] | string {
  const records: string[][] = []
  let record: string[] = []
  // After a comma there is always another field, which may be empty.
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
