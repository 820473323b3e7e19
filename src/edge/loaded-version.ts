/**
 * One version in the memory of an isolate: its manifest as served, and the position of each part in it. It is kept as
 * bytes: reads return slices of it, and no read parses more than one provider.
 */
import { headText } from '../core/manifest/manifest-head.ts'
import { type IndexedManifest, sliceOfPart } from '../core/manifest/manifest-layout.ts'
import { etagOf, rootText } from '../core/manifest/version.ts'
import { parseJson } from '../core/parse-json.ts'
import type { Manifest, ManifestIndex, Range, VersionId } from '../core/schema/history.ts'
import type { Model } from '../core/schema/model.ts'
import type { ModelColumns } from '../core/search/columns/model-columns.ts'
import { modelsIn } from '../core/search/columns/placed-models.ts'
import { sha256 } from './sha256.ts'

/**
 * What a version takes in memory for each byte of its manifest, once all of it has been read: 1 for the bytes; 0.2 for the
 * columns of a search, as much for where each model stands, and up to 0.6 for texts that were searched for words.
 */
const MEMORY_PER_BYTE = 2

/** The providers whose parts a read uses. Verifying all of them takes longer than most first responses. */
export type Need = 'all' | readonly string[]

export class LoadedVersion {
  readonly bytes: Uint8Array
  readonly index: ManifestIndex
  /** The fields of the manifest besides its content. */
  readonly head: Head
  /** Loaded with the first search. */
  columns: ModelColumns | undefined
  #isProven = false
  readonly #proven = new Set<string>()
  readonly #ranges = new Map<string, ReadonlyMap<string, Range>>()

  private constructor({ bytes, index }: IndexedManifest, head: Head) {
    this.bytes = bytes
    this.index = index
    this.head = head
  }

  /**
   * Accepts a manifest only if its layout and its digests match the etag that is wanted. No tier is trusted: a part is
   * verified by its digest before it is read.
   */
  static load(given: IndexedManifest, wanted: VersionId): LoadedVersion | undefined {
    const head = readHead(given)
    const isWanted =
      head?.version === wanted.version && head.etag === wanted.etag && head.generatedAt === wanted.generatedAt
    return isWanted && hasRootOf(given, wanted.etag) ? new LoadedVersion(given, head) : undefined
  }

  /** Whether these parts, or all of them, match their digests. A provider that the version lacks counts as valid. */
  proves(parts: Need): boolean {
    if (this.#isProven) return true
    const wanted = parts === 'all' ? Object.keys(this.index.parts) : parts
    if (!wanted.every((provider) => this.#provesPart(provider))) return false
    this.#isProven = parts === 'all'
    return true
  }

  #provesPart(provider: string): boolean {
    const part = this.has(provider) ? this.index.parts[provider] : undefined
    if (!part || this.#proven.has(provider)) return true
    if (sha256(sliceOfPart(this.bytes, part)) !== part.digest) return false
    this.#proven.add(provider)
    return true
  }

  /** Bytes of memory, as if everything had been read: the weight is not updated later. */
  get weight(): number {
    return this.bytes.byteLength * MEMORY_PER_BYTE
  }

  /** Their values, sorted. */
  get providers(): string[] {
    return Object.keys(this.index.parts).sort()
  }

  has(provider: string): boolean {
    return Object.hasOwn(this.index.parts, provider)
  }

  /** Canonical JSON of a provider. */
  provider(value: string): Uint8Array | undefined {
    return this.has(value) ? this.#slice(this.index.parts[value]?.provider) : undefined
  }

  /** Canonical JSON of a provider's models, without the brackets of the list. */
  models(provider: string): Uint8Array | undefined {
    return this.has(provider) ? this.#slice(this.index.parts[provider]?.models) : undefined
  }

  /** Canonical JSON of a model. */
  model(provider: string, value: string): Uint8Array | undefined {
    const ranges = this.#ranges.get(provider) ?? this.#findModels(provider)
    return this.#slice(ranges.get(value))
  }

  /** A provider's models, parsed; empty where there is no such provider. */
  modelsOf(provider: string): Model[] {
    const range = this.has(provider) ? this.index.parts[provider]?.models : undefined
    return range ? modelsIn(this.bytes, range).map(({ model }) => model) : []
  }

  #findModels(provider: string): ReadonlyMap<string, Range> {
    const range = this.has(provider) ? this.index.parts[provider]?.models : undefined
    if (!range) return new Map()
    const found = new Map(modelsIn(this.bytes, range).map(({ model, range }) => [model.value, range]))
    this.#ranges.set(provider, found)
    return found
  }

  #slice(range: Range | undefined): Uint8Array | undefined {
    return range && this.bytes.subarray(...range)
  }
}

type Head = Omit<Manifest, 'providers' | 'models'>

function readHead({ bytes, index }: IndexedManifest): Head | undefined {
  const text = headText(bytes, index.parts)
  const head = text === undefined ? undefined : (parseJson(text) as Partial<Head> | undefined)
  // The registry wrote it: checking the fields that readers use is enough to recognize it.
  return Array.isArray(head?.attribution) ? (head as Head) : undefined
}

function hasRootOf({ index }: IndexedManifest, etag: string): boolean {
  const parts = Object.entries(index.parts)
  return (
    etagOf(sha256(rootText(Object.fromEntries(parts.map(([provider, { digest }]) => [provider, digest]))))) === etag
  )
}
