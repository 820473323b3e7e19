/** A manifest in a store, verified by its digest when it is loaded: a corrupt or truncated one is ignored. */
import type { Stored } from '../kept/create-kept.ts'
import { createChanges } from '../store/changes.ts'
import type { TextStore } from '../store/text-store.ts'
import { type KnownManifest, knownManifest } from './known-manifest.ts'

export function createStoredManifest(store: TextStore, key: string): Stored<KnownManifest> {
  const change = createChanges()
  return {
    async load() {
      try {
        const { checkedAt, seq, manifest } = JSON.parse((await store.load(key)) ?? '')
        const known = await knownManifest(manifest)
        return known && { value: { ...known, seq }, checkedAt }
      } catch {
        return undefined
      }
    },
    save: ({ value: { manifest, seq }, checkedAt }) =>
      change(() => store.save(key, JSON.stringify({ checkedAt, seq, manifest }))),
    clear: () => change(() => store.clear(key)),
  }
}
