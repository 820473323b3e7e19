/** The tiers that the edge reads from, nearest first, and its external dependencies. Tests replace each. */
import type { Failure } from '../core/failure.ts'
import type { Pointer } from '../core/schema/history.ts'
import type { ModelKey } from '../core/schema/model.ts'
import type { PricedModelQuery } from '../core/search/priced-model.ts'
import type { Resolved, Selector } from '../core/selector.ts'
import type { Memory } from './memory.ts'

export interface Tiers {
  memory: Memory
  /** Absent where bodies are private: the Cache API is shared. */
  cache?: Pick<Cache, 'match' | 'put'>
  kv: Pick<KVNamespace, 'get' | 'getWithMetadata'>
  registry: RegistryReader
  clock: () => number
  /** Work that the response does not wait for. */
  defer: (work: Promise<unknown>) => void
}

/** The methods of the Durable Object that readers use. */
export interface RegistryReader {
  current(): Promise<Pointer | undefined>
  resolve(selector: Selector): Promise<{ ok: true; value: Resolved } | { ok: false; failure: Failure }>
  /** With a ManifestIndex, whose ranges are plain arrays in the types of RPC. */
  manifest(seq: number): Promise<{ bytes: Uint8Array; index: unknown } | undefined>
  /** The bytes that hash to a digest, if any commit ever had such a part. */
  part(digest: string): Promise<Uint8Array | undefined>
  /** PriceEntry[] as UTF-8 JSON, one for each ask in their order. */
  priceBook(asks: readonly PricedModelQuery[], seq: number): Promise<Uint8Array | undefined>
  lastSeen(key: ModelKey): Promise<{ lastVersion: string; movedTo?: ModelKey } | undefined>
  /** Returns why there is nothing to read, and starts a first pull if one may start. */
  fill(): Promise<'empty' | 'restoring'>
}
