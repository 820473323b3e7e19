/**
 * What one isolate keeps between requests: the pointer for some seconds, the current and past versions, rendered views, and
 * resolved selectors; all but the pointer within a limit in bytes. All of it can be lost at any time, and none of it can be
 * wrong: everything but the pointer and the warnings is a function of its version.
 */
import type { PriceEntry } from '../core/pricing/price-usage.ts'
import type { Pointer } from '../core/schema/history.ts'
import type { RegistryStatus } from '../core/schema/operations.ts'
import type { Resolved } from '../core/selector.ts'
import { BoundedMap } from './bounded-map.ts'
import type { LoadedParts } from './parts/loaded-parts.ts'
import type { TaggedView } from './tagged-view.ts'
import type { LoadedVersion } from './versions/loaded-version.ts'

/**
 * An isolate has 128 MB for everything: code, open requests, each of which may load a version, and possibly the Durable
 * Object. Half of it holds four versions of 8,000 models, at about 13 MB each, and the lists made of them.
 */
const MAX_VERSION_BYTES = 56_000_000
const MAX_VIEW_BYTES = 12_000_000
/** Half of a manifest of any size that KV accepts, and of the current version alone. */
const MAX_PARTS_BYTES = 12_000_000
const MAX_RESOLVED_BYTES = 250_000
/** Prices of thousands of models, most of which have a few periods of some hundred bytes. */
const MAX_PRICE_BYTES = 4_000_000
/** An object takes about as many bytes for each character of its JSON. */
const OBJECT_BYTES_PER_CHARACTER = 4
/** Approximate overhead of an entry besides content and key: its objects, the strings of a pointer, a slot of the map. */
const ENTRY_OVERHEAD_BYTES = 500
/** A key is a string, which may take two bytes a character. */
const BYTES_PER_CHARACTER = 2

/** Lower than the `seq` of any commit: a manifest that was put into KV by hand. */
export const SEED_SEQ = 0

/**
 * The key of views that are a function of content alone, such as lists of models. A version string is 48 bits, which two
 * registries in one zone may share by chance: an etag is 128.
 */
export function contentKeyOf({ etag }: Pick<Pointer, 'etag'>): string {
  return etag.slice(1, -1)
}

/**
 * The key of views that are a function of a commit and the history before it. Two registries may commit the same content
 * at different times, and a restored history may diverge: then the chain differs.
 */
export function commitKeyOf({ etag, seq, chain, generatedAt }: Pointer): string {
  const history = chain === '' ? `seed-${generatedAt}` : chain.slice(0, CHAIN_DIGITS)
  return `${etag.slice(1, -1)}-${seq}-${history}`
}
const CHAIN_DIGITS = 32

export class Memory {
  readonly versions = new BoundedMap<LoadedVersion>(MAX_VERSION_BYTES)
  /** Of versions that are not in memory as a whole. */
  readonly parts = new BoundedMap<LoadedParts>(MAX_PARTS_BYTES)
  readonly views = new BoundedMap<TaggedView>(MAX_VIEW_BYTES)
  readonly resolved = new BoundedMap<Resolved>(MAX_RESOLVED_BYTES)
  readonly prices = new BoundedMap<PriceEntry>(MAX_PRICE_BYTES)
  #pointer: Pointer | undefined
  #checkedAt = Number.NEGATIVE_INFINITY
  #checking = false
  /** The last result of `tierWarnings`, and its time. */
  warnings: { found: RegistryStatus['warnings']; at: number } | undefined
  /** The last checked manifest that was put into KV by hand, by the SHA-256 of its bytes; without a pointer, it is invalid. */
  seed: { digest: string; pointer: Pointer | undefined } | undefined

  get pointer(): Pointer | undefined {
    return this.#pointer
  }

  keepVersion(pointer: Pointer, version: LoadedVersion): void {
    this.versions.set(commitKeyOf(pointer), version, version.weight)
  }

  keepView(key: string, view: TaggedView): void {
    this.views.set(key, view, view.bytes.byteLength + weightOfEntry(key))
  }

  keepResolved(key: string, resolved: Resolved): void {
    this.resolved.set(key, resolved, weightOfEntry(key))
  }

  keepPrices(key: string, entry: PriceEntry): void {
    this.prices.set(key, entry, JSON.stringify(entry).length * OBJECT_BYTES_PER_CHARACTER + weightOfEntry(key))
  }

  /** Milliseconds since the pointer was last confirmed to be current. */
  pointerAge(now: number): number {
    // After the clock was set back, the age is unknown.
    return now < this.#checkedAt ? Number.POSITIVE_INFINITY : now - this.#checkedAt
  }

  /** Stores a pointer unless it is older than the known one: KV may lag, and readers must not go back in time. */
  advance(pointer: Pointer, now: number): Pointer {
    this.#checkedAt = now
    if (!this.#pointer || isAhead(pointer, this.#pointer)) this.#pointer = pointer
    // Most readers want the current version: no number of reads of the past may evict it.
    this.versions.pin(commitKeyOf(this.#pointer))
    return this.#pointer
  }

  /** True for the one caller that should look for a newer pointer in the background. */
  beginCheck(): boolean {
    if (this.#checking) return false
    this.#checking = true
    return true
  }

  endCheck(): void {
    this.#checking = false
  }
}

/** The same commit, read again, stays the same object: answers are known by it. */
function isAhead(pointer: Pointer, known: Pointer): boolean {
  return pointer.seq > known.seq || (pointer.seq === known.seq && commitKeyOf(pointer) !== commitKeyOf(known))
}

/** Readers choose the keys by their queries: the weight of keys counts, or empty answers to long queries would fill memory. */
function weightOfEntry(key: string): number {
  return key.length * BYTES_PER_CHARACTER + ENTRY_OVERHEAD_BYTES
}
