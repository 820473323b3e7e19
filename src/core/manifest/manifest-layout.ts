/**
 * Lays out a manifest as bytes, with the range of each part: a provider is one slice and its models are another, so
 * that a reader can take a part out and check its digest without parsing the whole. Pure.
 */

import { concatenate } from '../concatenate.ts'
import { compareText } from '../json/canonical.ts'
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

export function indexManifest(head: ManifestHead, parts: readonly PartBody[], indexing: Indexing): IndexedManifest {
  return indexParts(head, parts.map(bytesOfPart), indexing)
}

export function layOutManifest(head: ManifestHead, parts: readonly PartBody[]): ManifestLayout {
  return layOutParts(head, parts.map(bytesOfPart))
}

/** The same of parts that are bytes already. */
export function indexParts(
  head: ManifestHead,
  parts: readonly PartBytes[],
  { seq, digests, sha256 }: Indexing,
): IndexedManifest {
  const { bytes, ranges } = layOutParts(head, parts)
  const indexed = Object.entries(ranges).map(([provider, range]) => [
    provider,
    { digest: digests[provider] ?? '', ...range },
  ])
  return { bytes, index: { version: head.version, seq, sha256: sha256(bytes), parts: Object.fromEntries(indexed) } }
}

/** The manifest of a version. The same head and parts always give the same bytes. */
function layOutParts(head: ManifestHead, parts: readonly PartBytes[]): ManifestLayout {
  const sorted = [...parts].sort((a, b) => compareText(a.value, b.value))
  const { version, etag, generatedAt, iqBasis, attribution } = head
  const opening = JSON.stringify({ version, etag, generatedAt, iqBasis, attribution })
  const layout = new Layout()
  layout.add(encoder.encode(`${opening.slice(0, -1)}${MODELS_OPENING}`))
  const modelRanges = layout.addList(sorted.map(({ models }) => models))
  layout.add(encoder.encode(PROVIDERS_OPENING))
  const providerRanges = layout.addList(sorted.map(({ provider }) => provider))
  layout.add(encoder.encode(CLOSING))
  const empty: Range = [0, 0]
  const ranges = sorted.map(({ value }, index): [string, PartRanges] => [
    value,
    { provider: providerRanges[index] ?? empty, models: modelRanges[index] ?? empty },
  ])
  return { bytes: concatenate(layout.pieces), ranges: Object.fromEntries(ranges) }
}

/** A part as the bytes that a manifest is made of. */
export interface PartBytes {
  /** The provider's value. */
  value: string
  provider: Uint8Array
  /** Divided by commas, in the order of their values; empty without any. */
  models: Uint8Array
}

export function bytesOfPart({ value, provider, models }: PartBody): PartBytes {
  // One text for each part: to encode each model by itself takes several times as long.
  return { value, provider: encoder.encode(provider), models: encoder.encode(modelTexts({ models })) }
}

/** The text between the head, the models, the providers and the end. */
export const MODELS_OPENING = ',"models":['
export const PROVIDERS_OPENING = '],"providers":['
export const CLOSING = ']}'

const encoder = new TextEncoder()
const PART_OPENING = encoder.encode('{"models":[')
const PART_MIDDLE = encoder.encode('],"provider":')
const PART_CLOSING = encoder.encode('}')
const COMMA = encoder.encode(',')

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

/** Pieces of a manifest in their order. Put together at the end, each byte is copied once. */
class Layout {
  readonly pieces: Uint8Array[] = []
  #length = 0

  add(piece: Uint8Array): void {
    this.pieces.push(piece)
    this.#length += piece.byteLength
  }

  /** Adds the members of a list, and returns where each is; one without bytes takes no place in the list. */
  addList(members: readonly Uint8Array[]): Range[] {
    let isFirst = true
    return members.map((member): Range => {
      if (member.byteLength === 0) return [this.#length, this.#length]
      if (!isFirst) this.add(COMMA)
      isFirst = false
      this.add(member)
      return [this.#length - member.byteLength, this.#length]
    })
  }
}
