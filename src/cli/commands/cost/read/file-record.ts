/** One record of a file, or what is wrong with it. A record is an object of JSON or a line of CSV by the names of its columns. */
export interface FileRecord {
  /** Its place in the file, from 1; in lines of JSON and in CSV the number of the line, unless a quoted value breaks it. */
  record: number
  fields: Record<string, unknown>
  /** It has no fields then. */
  problem?: string
}

/** Takes a file piece by piece, and returns the records that are whole. Throws a `CommandError` where no more can be read. */
export interface RecordReader {
  push(text: string): FileRecord[]
  end(): FileRecord[]
}

/** Of one record. Sessions hold whole images, and no file is held in memory because of one quote that does not end. */
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
