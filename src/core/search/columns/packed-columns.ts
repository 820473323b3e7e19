/**
 * Packs columns into bytes to store: a line of JSON with the values and what follows, then the columns. Numbers are
 * little-endian, like every platform that runs this. Texts are JSON, parsed when they are first searched. Pure.
 */
import { concatenate } from '../../concatenate.ts'
import { parseJson } from '../../json/parse-json.ts'
import { NAME_FACTS, NUMBER_FACTS, SORTS, type Sort, TEXT_FACTS } from '../search-facts.ts'
import { ModelColumns, mapFacts } from './model-columns.ts'

/** Increase it with any change to the columns: bytes of an older format are not read. */
const FORMAT = 2
/** A Uint32Array must begin at a multiple of it. */
const ALIGNMENT = 4
const NEWLINE = 0x0a

/** In the order in which they are packed. */
const RANKS = Object.fromEntries(SORTS.map((sort) => [sort, true])) as Record<Sort, true>

const encoder = new TextEncoder()
const decoder = new TextDecoder()

interface Head {
  format: number
  /** The digest of the manifest that the ranges refer to. */
  of: string
  rows: number
  numbers: Record<string, readonly number[]>
  names: Record<string, readonly string[]>
  /** The length of each column of texts, in bytes. */
  texts: Record<string, number>
}

/** `of`: identifies the manifest that the ranges refer to. */
export function packColumns({ data, count }: ModelColumns, of: string): Uint8Array {
  const texts = mapFacts(data.texts, (read) => encoder.encode(JSON.stringify(read())))
  const head: Head = {
    format: FORMAT,
    of,
    rows: count,
    numbers: mapFacts(data.numbers, ({ values }) => values),
    names: mapFacts(data.names, ({ values }) => values),
    texts: mapFacts(texts, ({ byteLength }) => byteLength),
  }
  const line = encoder.encode(JSON.stringify(head))
  const padded = new Uint8Array(Math.ceil((line.byteLength + 1) / ALIGNMENT) * ALIGNMENT).fill(0x20)
  padded.set(line)
  padded[padded.length - 1] = NEWLINE
  const codes = [...Object.values(data.numbers), ...Object.values(data.names)].map((column) => column.codes)
  const ranks = SORTS.map((sort) => data.ranks[sort])
  const columns = [data.ranges, ...codes, ...ranks].map(bytesOf)
  return concatenate([padded, ...columns, ...Object.values(texts)])
}

/** `undefined` if the bytes are incomplete, in another format, or of another manifest. */
export function unpackColumns(bytes: Uint8Array, of: string): ModelColumns | undefined {
  const start = bytes.indexOf(NEWLINE) + 1
  const head = parseJson(decoder.decode(bytes.subarray(0, start))) as Head | undefined // as `packColumns` wrote it
  if (head?.format !== FORMAT || head.of !== of || bytes.byteLength !== start + lengthOf(head)) return undefined
  // Copied into a new ArrayBuffer if the columns are not aligned for their numbers.
  const { buffer } = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice()
  let at = (bytes.byteOffset % ALIGNMENT === 0 ? bytes.byteOffset : 0) + start
  const take = (length: number): [ArrayBufferLike, number] => {
    at += length
    return [buffer, at - length]
  }
  const { rows, numbers, names, texts } = head
  const takeCodes = () => new Uint16Array(...take(rows * 2), rows)
  return new ModelColumns({
    ranges: new Uint32Array(...take(rows * 8), rows * 2),
    numbers: mapFacts(NUMBER_FACTS, (_read, fact) => ({ values: numbers[fact] ?? [], codes: takeCodes() })),
    names: mapFacts(NAME_FACTS, (_read, fact) => ({ values: names[fact] ?? [], codes: takeCodes() })),
    ranks: mapFacts(RANKS, takeCodes),
    texts: mapFacts(TEXT_FACTS, (_read, fact) => {
      const length = texts[fact] ?? 0
      return textsIn(new Uint8Array(...take(length), length))
    }),
  })
}

function textsIn(bytes: Uint8Array): () => readonly string[] {
  let texts: readonly string[] | undefined
  return () => {
    texts ??= JSON.parse(decoder.decode(bytes)) as readonly string[] // as `packColumns` wrote it
    return texts
  }
}

function lengthOf({ rows, texts }: Head): number {
  const codes = Object.keys(NUMBER_FACTS).length + Object.keys(NAME_FACTS).length + SORTS.length
  return Object.values(texts).reduce((sum, length) => sum + length, rows * (8 + 2 * codes))
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
