/**
 * The parts of a version in a fixed number of shards, stored in KV next to the manifest: to serve one model, a reader
 * fetches one shard and the index instead of the whole manifest. A shard is one line of JSON that lists its parts, then
 * the parts, each as the bytes that its digest hashes. Pure.
 */
import { concatenate } from '../concatenate.ts'
import { parseJson } from '../json/parse-json.ts'
import type { ManifestIndex } from '../schema/history.ts'
import { type IndexedManifest, sliceOfPart } from './manifest-layout.ts'

/** Each version writes every shard to KV. More shards would be smaller, but would use up the free writes sooner. */
const SHARDS = 8
const NEWLINE = 0x0a

/** A part in a shard: provider, digest and length in bytes. */
type Placed = readonly [provider: string, digest: string, length: number]

/** The KV key of the shard with a provider's part: the same for all versions. */
export function shardKeyOf(provider: string): string {
  let hash = 0
  for (let at = 0; at < provider.length; at++) hash = (hash * 31 + provider.charCodeAt(at)) % 0xffff
  return keyOf(hash % SHARDS)
}

const keyOf = (shard: number): string => `parts/${shard}`
export const SHARD_KEYS: readonly string[] = Array.from({ length: SHARDS }, (_, shard) => keyOf(shard))

export function packShard(key: string, { bytes, index }: IndexedManifest): Uint8Array {
  const parts = Object.entries(index.parts).filter(([provider]) => shardKeyOf(provider) === key)
  const slices = parts.map(([, part]) => sliceOfPart(bytes, part))
  const placed = parts.map(([provider, { digest }], at): Placed => [provider, digest, slices[at]?.byteLength ?? 0])
  return concatenate([new TextEncoder().encode(`${JSON.stringify(placed)}\n`), ...slices])
}

/** The bytes of each part by provider; `undefined` if the shard has the parts of another version, or is incomplete. */
export function unpackShard(
  key: string,
  shard: Uint8Array,
  { parts }: Pick<ManifestIndex, 'parts'>,
): Map<string, Uint8Array> | undefined {
  let at = shard.indexOf(NEWLINE) + 1
  const placed = parseJson(new TextDecoder().decode(shard.subarray(0, at)))
  if (!isPlaced(placed) || placed.some(([provider, digest]) => parts[provider]?.digest !== digest)) return undefined
  const wanted = Object.keys(parts).filter((provider) => shardKeyOf(provider) === key)
  const slices = placed.map(([provider, , length]): [string, Uint8Array] => {
    at += length
    return [provider, shard.subarray(at - length, at)]
  })
  return placed.length === wanted.length && at === shard.byteLength ? new Map(slices) : undefined
}

/** A list of lists is enough: an entry with the wrong members does not match any digest. */
function isPlaced(value: unknown): value is Placed[] {
  return Array.isArray(value) && value.every(Array.isArray)
}
