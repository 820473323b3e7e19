/** The records of a file in batches, in the format detected from its beginning: CSV, JSON lines, or JSON in another layout. */
import { createCsvRecords } from './csv-records.ts'
import { type FileRecord, MAX_RECORD_CHARACTERS, type RecordReader } from './file-record.ts'
import { createJsonLines } from './json-lines.ts'
import { createJsonValues } from './json-values.ts'

export async function* readRecords(name: string, chunks: AsyncIterable<string>): AsyncGenerator<FileRecord[]> {
  let beginning = ''
  let reader: RecordReader | undefined
  for await (const chunk of chunks) {
    const text = reader ? chunk : beginning + chunk
    reader ??= readerOf(name, text, false)
    if (reader) yield reader.push(text)
    else beginning = text
  }
  if (!reader) {
    reader = readerOf(name, beginning, true)
    if (reader) yield reader.push(beginning)
  }
  if (reader) yield reader.end()
}

/** `undefined` while the text is too short to decide. */
function readerOf(name: string, text: string, isWhole: boolean): RecordReader | undefined {
  const start = text.trimStart()
  if (start === '') return undefined
  if (start.startsWith('[')) return createJsonValues(name)
  const end = start.indexOf('\n')
  if (end < 0 && !isWhole && text.length < MAX_RECORD_CHARACTERS) return undefined
  const line = end < 0 ? start : start.slice(0, end)
  if (!start.startsWith('{')) return createCsvRecords(name, line)
  return isJson(line) ? createJsonLines(name) : createJsonValues(name)
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
