/** A manifest in a store, proven by its digest when it is loaded: a corrupt or truncated one is as none. */
import { canHash } from './digest.ts'
import { type KnownManifest, knownManifest } from './known-manifest.ts'
import type { TextStore } from './manifest-store.ts'

export interface CheckedManifest extends KnownManifest {
  /** When the registry last said that it is the one, in Unix milliseconds. */
  checkedAt: number
}

export class StoredManifest {
  readonly #store: TextStore | undefined
  readonly #key: string

  constructor(store?: TextStore, key = '') {
    // What could not be proven when it is loaded is not kept.
    this.#store = canHash() ? store : undefined
    this.#key = `llm-registry:${key}`
  }

  async load(): Promise<CheckedManifest | undefined> {
    try {
      const text = (await this.#store?.load(this.#key)) ?? ''
      const { checkedAt, manifest } = JSON.parse(text)
      const known = await knownManifest(manifest, text.length)
      return known && { ...known, checkedAt }
    } catch {
      return undefined
    }
  }

  /** A full or forbidden store is no loss: the manifest is in memory. */
  async save({ manifest, checkedAt }: CheckedManifest): Promise<void> {
    await this.#store?.save(this.#key, JSON.stringify({ checkedAt, manifest })).catch(() => undefined)
  }

  async clear(): Promise<void> {
    await this.#store?.clear(this.#key).catch(() => undefined)
  }
}
