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
  #changed = Promise.resolve()

  constructor(store?: TextStore, key = '') {
    // What could not be proven when it is loaded is not kept.
    this.#store = canHash() ? store : undefined
    this.#key = `llm-registry:${key}`
  }

  async load(): Promise<CheckedManifest | undefined> {
    try {
      const { checkedAt, manifest } = JSON.parse((await this.#store?.load(this.#key)) ?? '')
      const known = await knownManifest(manifest)
      return known && { ...known, checkedAt }
    } catch {
      return undefined
    }
  }

  /** A full or forbidden store is no loss: the manifest is in memory. */
  save({ manifest, checkedAt }: CheckedManifest): Promise<void> {
    return this.#change((store) => store.save(this.#key, JSON.stringify({ checkedAt, manifest })))
  }

  clear(): Promise<void> {
    return this.#change((store) => store.clear(this.#key))
  }

  /** One after the other: what is cleared is not there again because it was being saved. */
  #change(work: (store: TextStore) => Promise<void>): Promise<void> {
    this.#changed = this.#changed.then(() => this.#store && work(this.#store)).catch(() => undefined)
    return this.#changed
  }
}
