/**
 * Reads of single parts: from a version that is in memory, else from the shards in the Cache API and KV. A fresh isolate then
 * reads the index and one shard of some hundred kilobytes instead of the whole manifest.
 */

import { parseJson } from '../../core/json/parse-json.ts'
import { shardKeyOf } from '../../core/manifest/part-shards.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { jsonView } from '../../views/json-view.ts'
import { commitKeyOf, contentKeyOf } from '../memory.ts'
import { getShared, putShared } from '../shared-cache.ts'
import { isIndex } from '../stored-shapes.ts'
import type { Tiers } from '../tiers.ts'
import { INDEX_KEY, isPast, type Loader, loadVersion } from '../versions/read-version.ts'
import { LoadedParts } from './loaded-parts.ts'
import type { VersionParts } from './version-parts.ts'

/** For views that read only the parts of these providers. */
export function partsOf(providers: readonly string[]): Loader<VersionParts> {
  return {
    known: (tiers, pointer) => knownParts(tiers, pointer, providers),
    load: (tiers, pointer) => loadParts(tiers, pointer, providers),
    loadWhole: loadVersion,
  }
}

/** With the parts of these providers verified by their digests. */
export async function loadParts(tiers: Tiers, pointer: Pointer, providers: readonly string[]): Promise<VersionParts> {
  const known = knownParts(tiers, pointer, providers)
  return known ?? (await loadShards(tiers, pointer, providers)) ?? loadVersion(tiers, pointer, providers)
}

function knownParts({ memory }: Tiers, pointer: Pointer, providers: readonly string[]): VersionParts | undefined {
  const key = commitKeyOf(pointer)
  const found = [memory.versions.get(key), memory.parts.get(key)]
  return found.find((parts) => parts?.proves(providers))
}

/** `undefined` if KV and the Cache API do not have them, or if the whole manifest should be loaded instead. */
async function loadShards(
  tiers: Tiers,
  pointer: Pointer,
  providers: readonly string[],
): Promise<LoadedParts | undefined> {
  const { memory } = tiers
  const key = commitKeyOf(pointer)
  const known = memory.parts.get(key)
  if (isPast(tiers, pointer) || memory.versions.get(key) || known?.hasHalf) return undefined
  // In parallel: one after the other, a fresh isolate would wait twice.
  const [parts, ...shards] = await Promise.all([
    known ?? loadIndex(tiers, pointer),
    ...[...new Set(providers.map(shardKeyOf))].map((shard) => readShard(tiers, pointer, shard)),
  ])
  for (const { key, bytes } of shards) if (bytes) parts?.add(key, bytes)
  if (!parts?.proves(providers)) return undefined
  for (const shard of shards) if (!shard.isShared && shard.bytes) share(tiers, pointer, shard.key, shard.bytes)
  memory.parts.set(key, parts, parts.weight)
  return parts
}

interface ReadShard {
  key: string
  bytes: Uint8Array | undefined
  isShared: boolean
}

async function readShard(tiers: Tiers, pointer: Pointer, key: string): Promise<ReadShard> {
  const shared = await getShared(tiers, contentKeyOf(pointer), key)
  if (shared) return { key, bytes: shared.bytes, isShared: true }
  const stored = await tiers.kv.get(key, { type: 'arrayBuffer' }).catch(() => undefined)
  return { key, bytes: stored ? new Uint8Array(stored) : undefined, isShared: false }
}

function share(tiers: Tiers, pointer: Pointer, key: string, bytes: Uint8Array): void {
  putShared(tiers, contentKeyOf(pointer), key, { bytes, contentType: 'application/octet-stream', etag: pointer.etag })
}

async function loadIndex(tiers: Tiers, pointer: Pointer): Promise<LoadedParts | undefined> {
  const scope = commitKeyOf(pointer)
  const shared = await getShared(tiers, scope, INDEX_KEY)
  const cached = shared && readIndex(new TextDecoder().decode(shared.bytes), pointer)
  if (cached) return cached
  const text = await tiers.kv.get(INDEX_KEY, { type: 'text' }).catch(() => undefined)
  const stored = text ? readIndex(text, pointer) : undefined
  if (stored) putShared(tiers, scope, INDEX_KEY, { ...jsonView(stored.index), etag: pointer.etag })
  return stored
}

function readIndex(text: string, pointer: Pointer): LoadedParts | undefined {
  const index = parseJson(text)
  return isIndex(index) ? LoadedParts.load(index, pointer) : undefined
}
