/**
 * Lays out a manifest as bytes, with the range of each part: a provider is one slice and its models are another, so
 * that a reader can take a part out and check its digest without parsing the whole. Pure.
 */

import { concatenate } from '../concatenate.ts'
import { compareText } from '../json/canonical.ts'
import type { ManifestIndex, PartRanges, Range } from '../schema/history.ts'
import type { ManifestHead, PartBody, PartDigests } from './version.ts'

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

/** The manifest of a version. The same head and parts always give the same bytes. */
export function layOutManifest(head: ManifestHead, parts: readonly PartBody[]): ManifestLayout {
  const sorted = [...parts].sort((a, b) => compareText(a.value, b.value))
  const { version, etag, generatedAt, iqBasis, attribution } = head
  const opening = JSON.stringify({ version, etag, generatedAt, iqBasis, attribution })
  const bodies = sorted.map((part) => part.models.map(({ body }) => body))
  const providerTexts = sorted.map((part) => [part.provider])
  const writer = new ByteWriter(opening.length + lengthOf(bodies) + lengthOf(providerTexts))
  writer.write(`${opening.slice(0, -1)}${MODELS_OPENING}`)
  const models = writeList(writer, bodies)
  writer.write(PROVIDERS_OPENING)
  const providers = writeList(writer, providerTexts)
  writer.write(CLOSING)
  const empty: Range = [0, 0]
  const ranges = sorted.map(({ value }, index): [string, PartRanges] => [
    value,
    { provider: providers[index] ?? empty, models: models[index] ?? empty },
  ])
  return { bytes: writer.bytes(), ranges: Object.fromEntries(ranges) }
}

/** The text between the head, the models, the providers and the end. */
export const MODELS_OPENING = ',"models":['
export const PROVIDERS_OPENING = '],"providers":['
export const CLOSING = ']}'

const encoder = new TextEncoder()
const PART_OPENING = encoder.encode('{"models":[')
const PART_MIDDLE = encoder.encode('],"provider":')
const PART_CLOSING = encoder.encode('}')

/** The bytes of a part, as its digest hashes them, copied from a manifest. */
export function sliceOfPart(manifest: Uint8Array, part: PartRanges): Uint8Array {
  return concatenate(slicesOfPart(manifest, part))
}

/** The same bytes as a list of slices, to be hashed without a copy. */
export function slicesOfPart(manifest: Uint8Array, { provider, models }: PartRanges): Uint8Array[] {
  return [PART_OPENING, manifest.subarray(...models), PART_MIDDLE, manifest.subarray(...provider), PART_CLOSING]
}

/** The ranges of the models and the provider within the bytes of `sliceOfPart`. */
export function rangesInPart({ provider, models }: PartRanges): PartRanges {
  const start = PART_OPENING.byteLength
  const end = start + models[1] - models[0]
  const providerStart = end + PART_MIDDLE.byteLength
  return { models: [start, end], provider: [providerStart, providerStart + provider[1] - provider[0]] }
}

/** Writes all texts as members of one list, and returns the range of each group. An empty group has an empty range. */
function writeList(writer: ByteWriter, groups: readonly (readonly string[])[]): Range[] {
  let isFirst = true
  return groups.map((texts): Range => {
    let start = writer.length
    for (const [at, text] of texts.entries()) {
      if (!isFirst) writer.write(',')
      isFirst = false
      if (at === 0) start = writer.length
      writer.write(text)
    }
    return [start, writer.length]
  })
}

/** In UTF-16 code units, including separators. */
function lengthOf(groups: readonly (readonly string[])[]): number {
  return groups.reduce((sum, texts) => texts.reduce((length, text) => length + text.length + 1, sum), 0)
}

/**
 * Most texts are ASCII, so a sixteenth more than their length has always been enough. Memory that is not written is
 * free.
 */
const SLACK = 1 / 16
const MIN_SLACK = 256
/** UTF-8 takes at most three bytes for a UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3

/** Writes into one buffer of about the right size, so that megabytes are neither joined as strings nor copied. */
class ByteWriter {
  #buffer: Uint8Array
  length = 0

  constructor(expected: number) {
    this.#buffer = new Uint8Array(expected + expected * SLACK + MIN_SLACK)
  }

  write(text: string): void {
    let encoded = this.#encode(text)
    if (encoded.read < text.length) {
      this.#grow(text.length * MAX_BYTES_PER_UNIT)
      encoded = this.#encode(text)
    }
    this.length += encoded.written
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.length)
  }

  #encode(text: string): { read: number; written: number } {
    return encoder.encodeInto(text, this.#buffer.subarray(this.length))
  }

  #grow(needed: number): void {
    const grown = new Uint8Array((this.length + needed) * 2)
    grown.set(this.#buffer.subarray(0, this.length))
    this.#buffer = grown
  }
}
