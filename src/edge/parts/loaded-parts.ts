/** Some parts of a version in the memory of an isolate, from the shards that it has read so far. */
import { rangesInPart } from '../../core/manifest/manifest-layout.ts'
import { SHARD_KEYS, unpackShard } from '../../core/manifest/part-shards.ts'
import type { ManifestIndex, PartRanges, VersionId } from '../../core/schema/history.ts'
import { sha256 } from '../sha256.ts'
import { hasRootOf } from '../versions/has-root-of.ts'
import { type Need, VersionParts } from './version-parts.ts'

/** The bytes of the shards, the position of each model in them, and the index. */
const MEMORY_PER_BYTE = 1.5
const INDEX_BYTES = 200_000

export class LoadedParts extends VersionParts {
  readonly #shards = new Map<string, number>()
  readonly #parts = new Map<string, Uint8Array>()
  readonly #proven = new Set<string>()

  /** Accepts an index only if its digests match the etag. */
  static load(index: ManifestIndex, wanted: Pick<VersionId, 'etag'>): LoadedParts | undefined {
    return hasRootOf(index, wanted.etag) ? new LoadedParts(index) : undefined
  }

  /** A shard with other parts is ignored. */
  add(key: string, shard: Uint8Array): void {
    const parts = unpackShard(key, shard, this.index)
    if (!parts) return
    for (const [provider, bytes] of parts) if (!this.#proven.has(provider)) this.#parts.set(provider, bytes)
    this.#shards.set(key, shard.byteLength)
  }

  /** From here on, one manifest takes less memory than its separately read shards. */
  get hasHalf(): boolean {
    return this.#shards.size * 2 >= SHARD_KEYS.length
  }

  /** Bytes of memory. */
  get weight(): number {
    return [...this.#shards.values()].reduce((sum, bytes) => sum + bytes * MEMORY_PER_BYTE, INDEX_BYTES)
  }

  override proves(parts: Need): boolean {
    const wanted = parts === 'all' ? Object.keys(this.index.parts) : parts
    return wanted.every((provider) => this.#provesPart(provider))
  }

  #provesPart(provider: string): boolean {
    if (!this.has(provider) || this.#proven.has(provider)) return true
    const bytes = this.#parts.get(provider)
    if (!bytes || sha256(bytes) !== this.index.parts[provider]?.digest) return false
    this.#proven.add(provider)
    return true
  }

  override provider(value: string): Uint8Array | undefined {
    return this.#slice(value, 'provider')
  }

  override models(provider: string): Uint8Array | undefined {
    return this.#slice(provider, 'models')
  }

  override part(provider: string): Uint8Array | undefined {
    return this.#parts.get(provider)
  }

  #slice(provider: string, of: keyof PartRanges): Uint8Array | undefined {
    const part = this.has(provider) ? this.index.parts[provider] : undefined
    return part && this.#parts.get(provider)?.subarray(...rangesInPart(part)[of])
  }
}
