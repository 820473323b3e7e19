/**
 * One version in the memory of an isolate: its manifest as served, and the position of each part in it. It is kept as
 * bytes: reads return slices of it, and no read parses more than one provider.
 */

import { parseJson } from '../../core/json/parse-json.ts'
import { headText } from '../../core/manifest/manifest-head.ts'
import { type IndexedManifest, sliceOfPart, slicesOfPart } from '../../core/manifest/manifest-layout.ts'
import type { Manifest, Range, VersionId } from '../../core/schema/history.ts'
import type { ModelColumns } from '../../core/search/columns/model-columns.ts'
import { type Need, VersionParts } from '../parts/version-parts.ts'
import { sha256 } from '../sha256.ts'
import { hasRootOf } from './has-root-of.ts'

/**
 * What a version takes in memory for each byte of its manifest, once all of it has been read: 1 for the bytes; 0.2 for the
 * columns of a search, as much for where each model stands, and up to 0.6 for texts that were searched for words.
 */
const MEMORY_PER_BYTE = 2

export class LoadedVersion extends VersionParts {
  readonly bytes: Uint8Array
  /** The fields of the manifest besides its content. */
  readonly head: Head
  /** Loaded with the first search. */
  columns: ModelColumns | undefined
  #isProven = false
  readonly #proven = new Set<string>()

  private constructor({ bytes, index }: IndexedManifest, head: Head) {
    super(index)
    this.bytes = bytes
    this.head = head
  }

  /**
   * Accepts a manifest only if its layout and its digests match the expected etag. No tier is trusted: a part is
   * verified by its digest before it is read.
   */
  static load(given: IndexedManifest, wanted: VersionId): LoadedVersion | undefined {
    const head = readHead(given)
    const isWanted =
      head?.version === wanted.version && head.etag === wanted.etag && head.generatedAt === wanted.generatedAt
    return isWanted && hasRootOf(given.index, wanted.etag) ? new LoadedVersion(given, head) : undefined
  }

  override proves(parts: Need): boolean {
    if (this.#isProven) return true
    const wanted = parts === 'all' ? Object.keys(this.index.parts) : parts
    if (!wanted.every((provider) => this.#provesPart(provider))) return false
    this.#isProven = parts === 'all'
    return true
  }

  #provesPart(provider: string): boolean {
    const part = this.has(provider) ? this.index.parts[provider] : undefined
    if (!part || this.#proven.has(provider)) return true
    if (sha256(...slicesOfPart(this.bytes, part)) !== part.digest) return false
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

  override provider(value: string): Uint8Array | undefined {
    return this.has(value) ? this.#slice(this.index.parts[value]?.provider) : undefined
  }

  override models(provider: string): Uint8Array | undefined {
    return this.has(provider) ? this.#slice(this.index.parts[provider]?.models) : undefined
  }

  override part(provider: string): Uint8Array | undefined {
    const part = this.has(provider) ? this.index.parts[provider] : undefined
    return part && sliceOfPart(this.bytes, part)
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
