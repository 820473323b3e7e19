/**
 * A manifest as bytes, and where each part stands in them: a provider and its models are one slice each, so that a
 * reader takes a part out, and checks it by its digest, without parsing the whole. Pure.
 */
import { compareText } from '../canonical.ts'
import { concatenate } from '../concatenate.ts'
import type { ManifestIndex, PartRanges, Range } from '../schema/history.ts'
import { type ManifestHead, modelTexts, type PartBody, type PartDigests } from './version.ts'

export interface ManifestLayout {
  /** UTF-8 JSON. */
  bytes: Uint8Array
  /** By the provider's value. */
  ranges: Record<string, PartRanges>
}

/** A manifest with its index, as the registry stores and sends it. */
export interface IndexedManifest {
  /** UTF-8 JSON. */
  bytes: Uint8Array
  index: ManifestIndex
}

interface Indexing {
  seq: number
  digests: PartDigests
  sha256: (bytes: Uint8Array) => string
}

export function indexManifest(
  head: ManifestHead,
  parts: readonly PartBody[],
  { seq, digests, sha256 }: Indexing,
): IndexedManifest {
  const { bytes, ranges } = layOutManifest(head, parts)
  const indexed = Object.entries(ranges).map(([provider, range]) => [
    provider,
    { digest: digests[provider] ?? '', ...range },
  ])
  return { bytes, index: { version: head.version, seq, sha256: sha256(bytes), parts: Object.fromEntries(indexed) } }
}

/** The manifest of a version: a function of its head and parts alone, byte-identical for ever. */
export function layOutManifest(head: ManifestHead, parts: readonly PartBody[]): ManifestLayout {
  const sorted = [...parts].sort((a, b) => compareText(a.value, b.value))
  const { version, etag, generatedAt, iqBasis, attribution } = head
  const opening = JSON.stringify({ version, etag, generatedAt, iqBasis, attribution })
  const writer = new ByteWriter()
  writer.write(`${opening.slice(0, -1)}${MODELS_OPENING}`)
  const models = writeList(writer, sorted.map(modelTexts))
  writer.write(PROVIDERS_OPENING)
  const providers = writeList(
    writer,
    sorted.map((part) => part.provider),
  )
  writer.write(CLOSING)
  const empty: Range = [0, 0]
  const ranges = sorted.map(({ value }, index): [string, PartRanges] => [
    value,
    { provider: providers[index] ?? empty, models: models[index] ?? empty },
  ])
  return { bytes: writer.bytes(), ranges: Object.fromEntries(ranges) }
}

/** What stands between the head, the models, the providers and the end. */
export const MODELS_OPENING = ',"models":['
export const PROVIDERS_OPENING = '],"providers":['
export const CLOSING = ']}'

const encoder = new TextEncoder()
const PART_OPENING = encoder.encode('{"models":[')
const PART_MIDDLE = encoder.encode('],"provider":')
const PART_CLOSING = encoder.encode('}')

/** The bytes that hash to a part's digest, taken out of a manifest. */
export function sliceOfPart(manifest: Uint8Array, { provider, models }: PartRanges): Uint8Array {
  return concatenate([
    PART_OPENING,
    manifest.subarray(...models),
    PART_MIDDLE,
    manifest.subarray(...provider),
    PART_CLOSING,
  ])
}

/** Where they stand in a slice of that kind. */
export function rangesInPart({ provider, models }: PartRanges): PartRanges {
  const start = PART_OPENING.byteLength
  const end = start + models[1] - models[0]
  const providerStart = end + PART_MIDDLE.byteLength
  return { models: [start, end], provider: [providerStart, providerStart + provider[1] - provider[0]] }
}

/** Writes texts as the members of a list; those that are empty take no place in it. */
function writeList(writer: ByteWriter, texts: readonly string[]): Range[] {
  let isFirst = true
  return texts.map((text): Range => {
    if (text === '') return [writer.length, writer.length]
    if (!isFirst) writer.write(',')
    isFirst = false
    const start = writer.length
    writer.write(text)
    return [start, writer.length]
  })
}

/** A whole manifest is some megabytes: one growing buffer costs less than one for each text. */
const FIRST_CAPACITY = 1 << 16
/** UTF-8 takes at most three bytes for a UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3

class ByteWriter {
  #buffer = new Uint8Array(FIRST_CAPACITY)
  #length = 0

  get length(): number {
    return this.#length
  }

  write(text: string): void {
    this.#reserve(text.length * MAX_BYTES_PER_UNIT)
    this.#length += encoder.encodeInto(text, this.#buffer.subarray(this.#length)).written
  }

  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length)
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes
    if (needed <= this.#buffer.byteLength) return
    const grown = new Uint8Array(Math.max(needed, this.#buffer.byteLength * 2))
    grown.set(this.#buffer.subarray(0, this.#length))
    this.#buffer = grown
  }
}
