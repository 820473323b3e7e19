/**
 * What one isolate remembers between requests: the pointer for some seconds, the parsed catalogue of the current
 * version and of a few past ones, and ready bodies. All of it can be lost at any time, and none of it is ever wrong:
 * everything but the pointer and the warnings is a function of its version.
 */
import type { Pointer } from '../core/schema/history.ts'
import type { RegistryStatus } from '../core/schema/operations.ts'
import type { Resolved } from '../core/selector.ts'
import { BoundedMap } from './bounded-map.ts'
import type { LoadedVersion } from './loaded-version.ts'

/** An isolate has 128 MB. A manifest of 1,000 models takes about 4 MB parsed. */
const MAX_VERSIONS = 4
const MAX_BODY_BYTES = 16_000_000
const MAX_RESOLVED = 500
/** What a body costs beside its bytes and its key, about. */
const BODY_OVERHEAD_BYTES = 500

/** A ready answer: UTF-8 JSON, and the count before paging where there is one. */
export interface Body {
  bytes: Uint8Array
  total?: number
}

/** Below every row of the history: a manifest that was put into KV by hand. */
export const SEED_SEQ = 0

/** What bodies are kept under. A seed may have the content of a real version, but it has a time of its own. */
export function contentKeyOf({ version, seq }: Pick<Pointer, 'version' | 'seq'>): string {
  return seq === SEED_SEQ ? `seed-${version}` : version
}

export class Memory {
  readonly versions = new BoundedMap<LoadedVersion>(MAX_VERSIONS)
  readonly bodies = new BoundedMap<Body>(MAX_BODY_BYTES)
  readonly resolved = new BoundedMap<Resolved>(MAX_RESOLVED)
  #pointer: Pointer | undefined
  #checkedAt = Number.NEGATIVE_INFINITY
  #checking = false
  /** What `tierWarnings` found last, and when it looked. */
  warnings: { found: RegistryStatus['warnings']; at: number } | undefined

  get pointer(): Pointer | undefined {
    return this.#pointer
  }

  /** Readers choose the keys, by their queries: what they weigh counts, or empty answers to long ones would fill it. */
  keepBody(key: string, body: Body): void {
    this.bodies.set(key, body, body.bytes.byteLength + 2 * key.length + BODY_OVERHEAD_BYTES)
  }

  /** Time runs in milliseconds; how long ago the pointer was last found to be current. */
  pointerAge(now: number): number {
    // A clock that jumped back says nothing of it.
    return now < this.#checkedAt ? Number.POSITIVE_INFINITY : now - this.#checkedAt
  }

  /** Takes a pointer unless it is older than what is known: KV may lag, and time must not run backwards. */
  advance(pointer: Pointer, now: number): Pointer {
    this.#checkedAt = now
    if (!this.#pointer || pointer.seq >= this.#pointer.seq) this.#pointer = pointer
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
