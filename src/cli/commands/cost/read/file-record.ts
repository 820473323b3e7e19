/** One record of a file, or what is wrong with it. A record is a JSON object, or a CSV record by column names. */
export interface FileRecord {
  /** Its position in the file, from 1; for JSON lines and CSV the line number, unless quoted values contain line breaks. */
  record: number
  fields: Record<string, unknown>
  /** If set, there are no fields. */
  problem?: string
}

/** Takes a file chunk by chunk, and returns the complete records. Throws a `CommandError` if it cannot read any further. */
export interface RecordReader {
  push(text: string): FileRecord[]
  end(): FileRecord[]
}

/** The limit for one record. Sessions contain images; an unclosed quote must not load the whole file into memory. */
export const MAX_RECORD_CHARACTERS = 2 ** 26

const NOT_AN_OBJECT = 'it is not a JSON object'

export function parseRecord(record: number, text: string): FileRecord {
  try {
    const fields: unknown = JSON.parse(text)
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return { record, fields: { ...fields } }
  } catch {
    // The same message for both: the record number helps more than the position at which the parser failed.
  }
  return { record, fields: {}, problem: NOT_AN_OBJECT }
}
