/**
 * Which version is current, as far as this isolate can know: from memory for some seconds, then from KV, and from the
 * Durable Object where KV is silent. No tier that fails fails the read while another can answer.
 */
import { Pointer } from '../core/schema/history.ts'
import { LoadedVersion, readSeed } from './loaded-version.ts'
import { SEED_SEQ } from './memory.ts'
import type { Tiers } from './tiers.ts'

/** Within this age a pointer is used as it is. */
const FRESH_MS = 5_000
/** Up to this age it is used while a newer one is looked for; KV itself lags by up to a minute. */
const USABLE_MS = 30_000
/** KV allows no less. */
const KV_CACHE_SECONDS = 30

/** `undefined` when the registry is empty. */
export async function getPointer(tiers: Tiers): Promise<Pointer | undefined> {
  const { memory, clock } = tiers
  const age = memory.pointerAge(clock())
  if (memory.pointer && age < FRESH_MS) return memory.pointer
  if (memory.pointer && age < USABLE_MS) {
    if (memory.beginCheck()) tiers.defer(fetchPointer(tiers).finally(() => memory.endCheck()))
    return memory.pointer
  }
  return fetchPointer(tiers)
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

/** `undefined` where it is not a pointer. */
export function readPointer(value: unknown): Pointer | undefined {
  const pointer = Pointer.safeParse(value).data
  return pointer && isConsistent(pointer) ? pointer : undefined
}

/** A manifest put into KV by hand is served while the object has no version; any real row has a higher `seq`. */
async function seedInKv(tiers: Tiers): Promise<Pointer | undefined> {
  const { kv, memory, clock } = tiers
  const known = memory.pointer?.seq === SEED_SEQ ? memory.pointer : undefined
  const text = await kv.get('manifest', { type: 'text', cacheTtl: KV_CACHE_SECONDS }).catch(() => undefined)
  if (text === undefined) return known
  const seed = text === null ? undefined : readSeed(text)
  if (!seed || !isConsistent(seed.manifest)) return undefined
  const { version, etag, generatedAt } = seed.manifest
  const pointer = { version, etag, generatedAt, seq: SEED_SEQ, chain: '' }
  const loaded = LoadedVersion.load(seed.indexed, pointer)
  // Current before it is kept, so that it is never evicted: no other tier can load a seed.
  memory.advance(pointer, clock())
  if (loaded) memory.keepVersion(pointer, loaded)
  return pointer
}

function isConsistent({ version, etag }: Pick<Pointer, 'version' | 'etag'>): boolean {
  return etag.startsWith(`"${version.slice('v1.'.length)}`)
}
