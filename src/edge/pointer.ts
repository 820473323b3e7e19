/**
 * Which version is current, as far as this isolate knows: from memory for some seconds, then from KV, then from the
 * Durable Object if KV has none. A tier that fails does not fail the read while another can answer.
 */
import type { Pointer } from '../core/schema/history.ts'
import { SEED_SEQ } from './memory.ts'
import { sha256 } from './sha256.ts'
import { isPointer } from './stored-shapes.ts'
import type { Tiers } from './tiers.ts'
import { LoadedVersion } from './versions/loaded-version.ts'

/** Up to this age, a pointer is used without a check. */
const FRESH_MS = 5_000
/** Up to this age, it is used while a newer one is fetched; KV itself lags by up to a minute. */
const USABLE_MS = 30_000
/** The minimum that KV allows. */
const KV_CACHE_SECONDS = 30

/** `undefined` when the registry is empty. */
export async function getPointer(tiers: Tiers): Promise<Pointer | undefined> {
  return usablePointer(tiers) ?? fetchPointer(tiers)
}

/** The pointer in memory, while it may be used. */
export function usablePointer(tiers: Tiers): Pointer | undefined {
  const { memory, clock } = tiers
  const age = memory.pointerAge(clock())
  if (!memory.pointer || age >= USABLE_MS) return undefined
  if (age >= FRESH_MS && memory.beginCheck()) tiers.defer(fetchPointer(tiers).finally(() => memory.endCheck()))
  return memory.pointer
}

async function fetchPointer(tiers: Tiers): Promise<Pointer | undefined> {
  const { memory, clock } = tiers
  try {
    const pointer = (await pointerInKv(tiers)) ?? (await tiers.registry.current()) ?? (await seedInKv(tiers))
    return pointer && memory.advance(pointer, clock())
  } catch (error) {
    if (memory.pointer) return memory.pointer
    throw error
  }
}

async function pointerInKv({ kv }: Tiers): Promise<Pointer | undefined> {
  const value = await kv.get('current', { type: 'json', cacheTtl: KV_CACHE_SECONDS }).catch(() => undefined)
  return readPointer(value)
}

/** `undefined` if it is not a pointer. */
export function readPointer(value: unknown): Pointer | undefined {
  return isPointer(value) ? value : undefined
}

/** A manifest put into KV by hand is served while the object has no version; any real commit has a higher `seq`. */
async function seedInKv({ kv, memory, clock }: Tiers): Promise<Pointer | undefined> {
  const bytes = await kv.get('manifest', { type: 'arrayBuffer', cacheTtl: KV_CACHE_SECONDS }).catch(() => undefined)
  if (bytes === undefined) return memory.seed?.pointer
  if (bytes === null) return undefined
  // Read with every refresh of the pointer, but verified only when it changed: that costs as much as a commit.
  const digest = sha256(new Uint8Array(bytes))
  if (memory.seed?.digest === digest) return memory.seed.pointer
  const found = await loadSeed(new TextDecoder().decode(bytes))
  memory.seed = { digest, pointer: found?.pointer }
  if (!found) return undefined
  // Made current before it is cached, so that it is never evicted: no other tier can load a seed.
  memory.advance(found.pointer, clock())
  memory.keepVersion(found.pointer, found.loaded)
  return found.pointer
}

async function loadSeed(text: string): Promise<{ pointer: Pointer; loaded: LoadedVersion } | undefined> {
  const { readSeed } = await import('./versions/seed.ts')
  const seed = readSeed(text)
  if (!seed) return undefined
  const { version, etag, generatedAt } = seed.manifest
  const pointer = { version, etag, generatedAt, seq: SEED_SEQ, chain: '' }
  const loaded = isPointer(pointer) && LoadedVersion.load(seed.indexed, pointer)
  return loaded ? { pointer, loaded } : undefined
}
