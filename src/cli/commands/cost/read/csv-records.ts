/**
 * CSV (RFC 4180) in chunks, with commas, semicolons or tabs. Unlike the reader for sources, it does not need the whole
 * text in memory. A misplaced quote is an error: after it, any value could belong to another field.
 */
import { CommandError } from '../../../shared/command.ts'
import { type FileRecord, MAX_RECORD_CHARACTERS, type RecordReader } from './file-record.ts'

const QUOTE = '"'
const SEPARATORS = [',', ';', '\t']

class CsvRecords implements RecordReader {
  readonly #name: string
  readonly #separator: string
  #text = ''
  #header: string[] | undefined
  #count = 0

  constructor(name: string, firstLine: string) {
    this.#name = name
    this.#separator = separatorOf(firstLine)
  }

  push(text: string): FileRecord[] {
    return this.#read(this.#text + text, false)
  }

  end(): FileRecord[] {
    return this.#text === '' ? [] : this.#read(this.#text, true)
  }

  /** All complete records in the text; the rest waits for more text. */
  #read(text: string, isWhole: boolean): FileRecord[] {
    const records: FileRecord[] = []
    let at = 0
    for (;;) {
      const values: string[] = []
      const next = this.#readRecord(text, at, isWhole, values)
      if (next === undefined) break
      at = next
      records.push(...this.#recordOf(values))
    }
    this.#text = text.slice(at)
    if (this.#text.length > MAX_RECORD_CHARACTERS) this.#fail(`record ${this.#count + 1} is too long`)
    return records
  }

  /** Where the next record begins; `undefined` if this one is incomplete. */
  #readRecord(text: string, from: number, isWhole: boolean, values: string[]): number | undefined {
    let at = from
    while (at < text.length || values.length > 0) {
      const end = text[at] === QUOTE ? this.#endOfQuoted(text, at) : this.#endOfPlain(text, at)
      if (end === undefined || (end >= text.length && !isWhole)) return isWhole ? this.#fail(this.#odd()) : undefined
      values.push(text[at] === QUOTE ? text.slice(at + 1, end - 1).replaceAll('""', QUOTE) : text.slice(at, end))
      if (text[end] !== this.#separator) return this.#afterBreak(text, end, isWhole)
      at = end + 1
    }
    return undefined
  }

  /** The position after the closing quote; `undefined` if there is none yet. */
  #endOfQuoted(text: string, from: number): number | undefined {
    let at = text.indexOf(QUOTE, from + 1)
    while (at >= 0 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2)
    return at < 0 ? undefined : at + 1
  }

  #endOfPlain(text: string, from: number): number {
    let at = from
    while (at < text.length && !this.#isEnd(text[at])) {
      if (text[at] === QUOTE) this.#fail(this.#odd())
      at++
    }
    return at
  }

  #isEnd(character: string | undefined): boolean {
    return character === this.#separator || character === '\n' || character === '\r'
  }

  #afterBreak(text: string, at: number, isWhole: boolean): number | undefined {
    if (at >= text.length) return at
    if (text[at] === '\n') return at + 1
    if (text[at] !== '\r') return this.#fail(this.#odd())
    // The character after a carriage return may be in the next chunk.
    if (at + 1 >= text.length && !isWhole) return undefined
    return text[at + 1] === '\n' ? at + 2 : at + 1
  }

  #odd(): string {
    return `record ${this.#count + 1} has a misplaced quote`
  }

  #recordOf(values: string[]): FileRecord[] {
    const record = ++this.#count
    if (values.length === 1 && values[0] === '') return []
    if (this.#header === undefined) {
      this.#header = this.#checkHeader(values)
      return []
    }
    const { length } = this.#header
    if (values.length !== length)
      return [{ record, fields: {}, problem: `it has ${values.length} values, but the header has ${length} columns` }]
    return [{ record, fields: Object.fromEntries(this.#header.map((name, column) => [name, values[column]])) }]
  }

  #checkHeader(header: string[]): string[] {
    const repeated = header.find((name, index) => header.indexOf(name) !== index)
    if (repeated !== undefined) this.#fail(`it has the column "${repeated}" twice`)
    return header
  }

  #fail(why: string): never {
    throw new CommandError(`Cannot read "${this.#name}": ${why}`)
  }
}

export function createCsvRecords(name: string, firstLine: string): RecordReader {
  return new CsvRecords(name, firstLine)
}

/** The most frequent one in the header; column names contain none of them. */
function separatorOf(firstLine: string): string {
  const count = (separator: string) => firstLine.split(separator).length
  return SEPARATORS.toSorted((a, b) => count(b) - count(a))[0] ?? ','
}
