/** Where the edge looks, from the nearest to the truth, and what it needs of the outside. Tests replace each. */
import type { Failure } from '../core/failure.ts'
import type { Pointer } from '../core/schema/history.ts'
import type { ModelKey } from '../core/schema/model.ts'
import type { PricedAsk } from '../core/search/priced-model.ts'
import type { Resolved, Selector } from '../core/selector.ts'
import type { Memory } from './memory.ts'

export interface Tiers {
  memory: Memory
  /** Absent where bodies are private: the Cache API is shared. */
  cache?: Pick<Cache, 'match' | 'put'>
  kv: Pick<KVNamespace, 'get' | 'getWithMetadata'>
  registry: RegistryReader
  clock: () => number
  /** Work that the answer need not wait for. */
  defer: (work: Promise<unknown>) => void
}

/** The part of the Durable Object that readers use. */
export interface RegistryReader {
  current(): Promise<Pointer | undefined>
  resolve(selector: Selector): Promise<{ ok: true; value: Resolved } | { ok: false; failure: Failure }>
  /** With a ManifestIndex, whose ranges are plain arrays to the types of RPC. */
  manifest(seq: number): Promise<{ bytes: Uint8Array; index: unknown } | undefined>
  /** The bytes that hash to a digest, if any commit ever had such a part. */
  part(digest: string): Promise<Uint8Array | undefined>
  /** PriceEntry[] as UTF-8 JSON, one for each ask in their order. */
  priceBook(asks: readonly PricedAsk[], seq: number): Promise<Uint8Array | undefined>
  lastSeen(key: ModelKey): Promise<{ lastVersion: string; movedTo?: ModelKey } | undefined>
  /** Says why there is nothing to read, and starts a first pull where one may start. */
  fill(): Promise<'empty' | 'restoring'>
}
