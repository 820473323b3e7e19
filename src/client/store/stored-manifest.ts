/** A manifest in a store, proven by its digest when it is loaded: a corrupt or truncated one is as none. */
import { canHash } from '../manifest/digest.ts'
import { type KnownManifest, knownManifest } from '../manifest/known-manifest.ts'
import type { TextStore } from './text-store.ts'

export interface CheckedManifest extends KnownManifest {
  /** When the registry last said that it is the one, in Unix milliseconds. */
  checkedAt: number
}

export interface StoredManifest {
  load(): Promise<CheckedManifest | undefined>
  /** A full or forbidden store is no loss: the manifest is in memory. */
  save(held: CheckedManifest): Promise<void>
  clear(): Promise<void>
}

export function createStoredManifest(store?: TextStore, name = ''): StoredManifest {
  // What could not be proven when it is loaded is not kept.
  const proven = canHash() ? store : undefined
  const key = `llm-registry:${name}`
  let changed = Promise.resolve()
  /** One after the other: what is cleared is not there again because it was being saved. */
  const change = (work: (store: TextStore) => Promise<void>): Promise<void> => {
    changed = changed.then(() => proven && work(proven)).catch(() => undefined)
    return changed
  }
  return {
    async load() {
      try {
        const { checkedAt, manifest } = JSON.parse((await proven?.load(key)) ?? '')
        const known = await knownManifest(manifest)
        return known && { ...known, checkedAt }
      } catch {
        return undefined
      }
    },
    save: ({ manifest, checkedAt }) => change((store) => store.save(key, JSON.stringify({ checkedAt, manifest }))),
    clear: () => change((store) => store.clear(key)),
  }
}
