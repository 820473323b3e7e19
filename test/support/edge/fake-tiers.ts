/**
 * A fake KV, data centre cache and Durable Object that count their requests, and fail when a test sets them to. The
 * memory and the code that reads through them are real.
 */

import { partsOf, rootOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { layOutManifest } from '../../../src/core/manifest/manifest-layout.ts'
import { packShard, SHARD_KEYS } from '../../../src/core/manifest/part-shards.ts'
import { partText, versionOf } from '../../../src/core/manifest/version.ts'
import type { ManifestIndex, Pointer } from '../../../src/core/schema/history.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import type { Resolved } from '../../../src/core/selector.ts'
import { Memory } from '../../../src/edge/memory.ts'
import type { RegistryReader, Tiers } from '../../../src/edge/tiers.ts'
import { sha256 } from '../core/naive/independent-canonical.ts'
import { model, provider } from '../rows.ts'

export interface TestVersion {
  pointer: Pointer
  text: string
  index: ManifestIndex
}

/** A version with one model of this name, as commit `seq` of the history. */
export function versionOfName(name: string, seq: number, generatedAt = '2026-10-01T02:00:00.000Z'): TestVersion {
  return madeOf({ providers: [provider()], models: [model({ name })] }, seq, generatedAt)
}

export function madeOf(catalogue: Catalogue, seq: number, generatedAt: string): TestVersion {
  const parts = partsOf(catalogue)
  const root = rootOf(parts, sha256)
  const pointer = {
    ...versionOf(root),
    generatedAt,
    seq,
    chain: seq === 0 ? '' : sha256(`${seq} ${root} ${generatedAt}`),
  }
  const { version, etag } = pointer
  const attribution = [{ name: 'Example', url: 'https://example.com/' }]
  const { bytes, ranges } = layOutManifest({ version, etag, generatedAt, attribution }, parts)
  const text = new TextDecoder().decode(bytes)
  const indexed = parts.map((part) => [part.value, { digest: sha256(partText(part)), ...ranges[part.value] }])
  return { pointer, text, index: { version, seq, sha256: sha256(text), parts: Object.fromEntries(indexed) } }
}

/** The same content and seq in another history. */
export function inAnotherHistory({ pointer, ...made }: TestVersion): TestVersion {
  return { ...made, pointer: { ...pointer, chain: sha256(`another ${pointer.chain}`) } }
}

class FakeKv {
  readonly entries = new Map<string, { value: string; metadata?: unknown }>()
  reads: string[] = []
  failing = false

  /** Stores what the publisher writes. */
  publish({ pointer, text, index }: TestVersion): void {
    const { chain: _, ...metadata } = pointer
    const bytes = new TextEncoder().encode(text)
    for (const key of SHARD_KEYS)
      this.entries.set(key, { value: new TextDecoder().decode(packShard(key, { bytes, index })) })
    this.entries.set('manifest', { value: text, metadata })
    this.entries.set('index', { value: JSON.stringify(index) })
    this.entries.set('current', { value: JSON.stringify(pointer) })
  }

  async get(key: string, { type }: { type: string }): Promise<unknown> {
    const { value } = this.#read(key)
    if (value === null) return null
    if (type === 'arrayBuffer') return new TextEncoder().encode(value).buffer
    return type === 'json' ? JSON.parse(value) : value
  }

  async getWithMetadata(key: string): Promise<unknown> {
    const { value, metadata } = this.#read(key)
    return { value: value === null ? null : new TextEncoder().encode(value).buffer, metadata: metadata ?? null }
  }

  #read(key: string): { value: string | null; metadata?: unknown } {
    this.reads.push(key)
    if (this.failing) throw new Error('KV GET failed: 503 Service Unavailable')
    return this.entries.get(key) ?? { value: null }
  }
}

class FakeCache {
  readonly entries = new Map<string, Response>()
  matches = 0
  puts = 0
  failing = false

  async match(url: string): Promise<Response | undefined> {
    this.matches += 1
    if (this.failing) throw new Error('The cache is not there')
    return this.entries.get(url)?.clone()
  }

  async put(url: string, response: Response): Promise<void> {
    this.puts += 1
    if (this.failing) throw new Error('The cache is not there')
    this.entries.set(url, response)
  }

  /** Replaces every stored value with other bytes. */
  overwrite(text: string): void {
    for (const url of this.entries.keys()) this.entries.set(url, new Response(text))
  }
}

class FakeRegistry implements RegistryReader {
  readonly commits: TestVersion[] = []
  calls: string[] = []
  failing = false

  async current(): Promise<Pointer | undefined> {
    this.#called('current')
    return this.commits.at(-1)?.pointer
  }

  async resolve(selector: Parameters<RegistryReader['resolve']>[0]): ReturnType<RegistryReader['resolve']> {
    this.#called('resolve')
    const found = this.resolves(selector)
    if (found) return { ok: true, value: found }
    return { ok: false, failure: { code: 'not-found', detail: 'No such commit' } }
  }

  /** Resolves versions by a prefix of their etag, and any time to the first commit. A test may replace it. */
  resolves: (selector: Parameters<RegistryReader['resolve']>[0]) => Resolved | undefined = (selector) => {
    const commit =
      selector.by === 'at'
        ? this.commits[0]
        : this.commits.find(({ pointer }) => pointer.etag.startsWith(`"${selector.hex}`))
    return commit && { pointer: commit.pointer, isFinal: true }
  }

  async manifest(seq: number): ReturnType<RegistryReader['manifest']> {
    this.#called('manifest')
    const commit = this.commits.find(({ pointer }) => pointer.seq === seq)
    return commit && { bytes: new TextEncoder().encode(commit.text), index: commit.index }
  }

  parts = new Map<string, string>()

  async part(digest: string): Promise<Uint8Array | undefined> {
    this.#called('part')
    const text = this.parts.get(digest)
    return text === undefined ? undefined : new TextEncoder().encode(text)
  }

  async priceBook(): Promise<undefined> {
    this.#called('priceBook')
  }

  async lastSeen(): Promise<undefined> {
    this.#called('lastSeen')
  }

  async fill(): Promise<'empty'> {
    this.#called('fill')
    return 'empty'
  }

  #called(method: string): void {
    this.calls.push(method)
    if (this.failing) throw new Error('The object is overloaded')
  }
}

export class FakeTiers {
  now = Date.parse('2026-10-01T02:00:00.000Z')
  memory = new Memory()
  readonly kv = new FakeKv()
  readonly cache = new FakeCache()
  readonly registry = new FakeRegistry()
  #deferred: Promise<unknown>[] = []

  /** The tiers of a request, without a cache if bodies are private. */
  tiers({ isPrivate = false } = {}): Tiers {
    return {
      memory: this.memory,
      // The fakes lack the overloads of the real methods, of which the edge uses one each.
      kv: this.kv as unknown as Tiers['kv'],
      ...(!isPrivate && { cache: this.cache as unknown as Tiers['cache'] }),
      registry: this.registry,
      clock: () => this.now,
      defer: (work) => this.#deferred.push(work),
    }
  }

  /** Makes a version current everywhere. */
  commit(version: TestVersion): void {
    this.registry.commits.push(version)
    this.kv.publish(version)
  }

  /** Waits for the work that was deferred until after the response. */
  async waitForDeferred(): Promise<void> {
    await Promise.all(this.#deferred)
    this.#deferred = []
  }

  /** Clears the memory, like a new isolate in the same data centre. */
  forget(): void {
    this.memory = new Memory()
  }

  /** The requests to each tier since the last call. */
  asked(): { kv: string[]; registry: string[]; cache: number } {
    const asked = { kv: this.kv.reads, registry: this.registry.calls, cache: this.cache.matches }
    this.kv.reads = []
    this.registry.calls = []
    this.cache.matches = 0
    return asked
  }
}

export const NOTHING = { kv: [], registry: [], cache: 0 }
