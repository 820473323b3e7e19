/**
 * JSON objects in any layout: one after another, across lines, or in an array, which is never parsed as a whole. Only
 * quotes and brackets are scanned; the rest is left to the parser.
 */
import { CommandError } from '../../../shared/command.ts'
import { type FileRecord, MAX_RECORD_CHARACTERS, parseRecord, type RecordReader } from './file-record.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const SEPARATORS = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c])
const OPENING = new Set([0x7b, 0x5b])
const CLOSING = new Set([0x7d, 0x5d])
const BRACE = 0x7b

class JsonValues implements RecordReader {
  readonly #name: string
  #text = ''
  /** The scanned length of `text`; beyond its end if that is in an escape. */
  #at = 0
  /** Where an object begins, or -1 between two of them. */
  #start = -1
  /** Open brackets, including those around the objects. */
  #depth = 0
  #outside = 0
  #isString = false
  #count = 0

  constructor(name: string) {
    this.#name = name
  }

  push(text: string): FileRecord[] {
    this.#text += text
    const records: FileRecord[] = []
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at)
      if (this.#isString) this.#skipString(code)
      else if (this.#start < 0) this.#between(code)
      else if (this.#closes(code)) records.push(this.#take())
    }
    this.#forget()
    return records
  }

  end(): FileRecord[] {
    if (this.#depth > 0) this.#fail('it ends inside a value')
    return []
  }

  #skipString(code: number): void {
    if (code === BACKSLASH) this.#at++
    else if (code === QUOTE) this.#isString = false
  }

  #between(code: number): void {
    if (SEPARATORS.has(code)) return
    if (OPENING.has(code)) this.#depth++
    else if (CLOSING.has(code) && this.#depth > 0) this.#depth--
    else this.#fail(`something other than an object follows record ${this.#count}`)
    if (code !== BRACE) return
    this.#start = this.#at
    this.#outside = this.#depth - 1
  }

  #closes(code: number): boolean {
    if (code === QUOTE) this.#isString = true
    else if (OPENING.has(code)) this.#depth++
    else if (CLOSING.has(code)) return --this.#depth === this.#outside
    return false
  }

  #take(): FileRecord {
    const text = this.#text.slice(this.#start, this.#at + 1)
    this.#start = -1
    this.#count++
    return parseRecord(this.#count, text)
  }

  #forget(): void {
    const kept = this.#start < 0 ? Math.min(this.#at, this.#text.length) : this.#start
    this.#text = this.#text.slice(kept)
    this.#at -= kept
    if (this.#start >= 0) this.#start = 0
    if (this.#text.length > MAX_RECORD_CHARACTERS) this.#fail(`record ${this.#count + 1} is too long`)
  }

  #fail(why: string): never {
    throw new CommandError(`Cannot read "${this.#name}": ${why}`)
  }
}

export function createJsonValues(name: string): RecordReader {
  return new JsonValues(name)
}
