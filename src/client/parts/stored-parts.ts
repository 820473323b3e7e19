/**
 * Parts in a store, an entry each under its digest, and one that says which there are. New parts are written first and
 * old ones deleted last, so that every part in the list exists. If one part of a version is corrupt, the version is ignored.
 */
import { type PartDigests, rootText, versionOf } from '../../core/manifest/version.ts'
import type { Held, Stored } from '../kept/create-kept.ts'
import { sha256 } from '../manifest/digest.ts'
import { isManifest } from '../manifest/known-manifest.ts'
import { createChanges } from '../store/changes.ts'
import type { TextStore } from '../store/text-store.ts'
import { type Head, type KnownParts, manifestOfParts, type Part, partFrom, textOfPart } from './known-parts.ts'

interface List {
  checkedAt: number
  seq: number | undefined
  head: Head
  /** Of all providers of the version, which prove its etag. */
  digests: PartDigests
  /** Those that are stored. */
  names: string[]
}

export function createStoredParts(store: TextStore, key: string): Stored<KnownParts> {
  const change = createChanges()
  const keyOf = (digest: string): string => `${key} ${digest}`
  /** Digests of parts that this client read from the store, or wrote. Others may be corrupt. */
  const intact = new Set<string>()

  const loadList = async (): Promise<List | undefined> => {
    try {
      return JSON.parse((await store.load(key)) ?? '')
    } catch {
      return undefined
    }
  }
  const loadPart = async (list: List, name: string): Promise<Part> => {
    const digest = list.digests[name] ?? ''
    const part = await partFrom((await store.load(keyOf(digest))) ?? '', name, digest)
    if (!part) throw new Error(`The stored part of "${name}" does not match its digest`)
    return part
  }
  const savePart = async (part: Part): Promise<void> => {
    await store.save(keyOf(part.digest), textOfPart(part))
    intact.add(part.digest)
  }
  const clearParts = (digests: string[]) => Promise.all(digests.map((digest) => store.clear(keyOf(digest))))
  const load = async (): Promise<Held<KnownParts> | undefined> => {
    const list = await loadList()
    const proven = list && versionOf(await sha256(rootText(list.digests)))
    if (!proven || proven.etag !== list.head.etag || proven.version !== list.head.version) return undefined
    const parts = await Promise.all(list.names.map((name) => loadPart(list, name)))
    const { checkedAt, seq, head, digests } = list
    const manifest = manifestOfParts(head, parts)
    // Digests prove nothing of the rest of the head.
    if (!isManifest(manifest)) return undefined
    for (const { digest } of parts) intact.add(digest)
    return { checkedAt, value: { seq, head, digests, parts, manifest } }
  }
  const save = async ({ checkedAt, value: { seq, head, digests, parts } }: Held<KnownParts>): Promise<void> => {
    const before = digestsIn(await loadList())
    const now = new Set(parts.map(({ digest }) => digest))
    const missing = parts.filter(({ digest }) => !before.has(digest) || !intact.has(digest))
    await Promise.all(missing.map(savePart))
    const list: List = { checkedAt, seq, head, digests, names: parts.map(({ provider }) => provider.value) }
    await store.save(key, JSON.stringify(list))
    await clearParts([...before].filter((digest) => !now.has(digest)))
  }
  const clear = async (): Promise<void> => {
    const before = digestsIn(await loadList())
    await store.clear(key)
    await clearParts([...before])
  }
  return {
    load: () => load().catch(() => undefined),
    save: (held) => change(() => save(held)),
    clear: () => change(clear),
  }
}

function digestsIn(list: List | undefined): Set<string> {
  return new Set(list?.names.map((name) => list.digests[name] ?? ''))
}
