/** Reads of one version through the tiers: isolate, Cache API, KV, Durable Object. Earlier tiers are filled after a miss. */
import * as z from 'zod'
import type { Pointer } from '../core/schema/history.ts'
import { storedJsonView } from '../views/json-view.ts'
import type { View } from '../views/view.ts'
import { LoadedVersion } from './loaded-version.ts'
import { contentKeyOf } from './memory.ts'
import { getShared, putShared } from './shared-cache.ts'
import type { Tiers } from './tiers.ts'

const MANIFEST_KEY = 'manifest'
const KvMetadata = z.object({ version: z.string() })

/** The whole manifest of a version, checked by its digest. */
export async function loadVersion(tiers: Tiers, pointer: Pointer): Promise<LoadedVersion> {
  const { memory } = tiers
  const known = memory.versions.get(contentKeyOf(pointer))
  if (known) return known
  const loaded = await loadFromTiers(tiers, pointer)
  memory.keepVersion(pointer, loaded)
  return loaded
}

async function loadFromTiers(tiers: Tiers, pointer: Pointer): Promise<LoadedVersion> {
  const shared = await getShared(tiers, contentKeyOf(pointer), MANIFEST_KEY)
  const cached = shared && (await LoadedVersion.load(shared.bytes, pointer.etag))
  if (cached) return cached
  // KV holds the current manifest only: for a past one it would be read in vain.
  const isPast = tiers.memory.pointer !== undefined && tiers.memory.pointer.version !== pointer.version
  const fetched = (isPast ? undefined : await loadFromKv(tiers, pointer)) ?? (await loadFromRegistry(tiers, pointer))
  putShared(tiers, contentKeyOf(pointer), MANIFEST_KEY, storedJsonView(fetched.bytes))
  return fetched
}

/** `undefined` where KV does not hold it whole. */
export async function loadFromKv({ kv }: Tiers, pointer: Pointer): Promise<LoadedVersion | undefined> {
  try {
    const { value, metadata } = await kv.getWithMetadata('manifest', { type: 'arrayBuffer' })
    if (!value || KvMetadata.safeParse(metadata).data?.version !== pointer.version) return undefined
    return await LoadedVersion.load(new Uint8Array(value), pointer.etag)
  } catch {
    return undefined
  }
}

async function loadFromRegistry({ registry }: Tiers, pointer: Pointer): Promise<LoadedVersion> {
  const bytes = await registry.manifest(pointer.seq)
  const loaded = bytes && (await LoadedVersion.load(bytes, pointer.etag))
  if (!loaded)
    throw new Error(`Cannot read ${pointer.version}: the registry's manifest of row ${pointer.seq} has another digest`)
  return loaded
}

/** What a path makes of a version, or `undefined` where the version lacks it. */
export type Render = (version: LoadedVersion) => View | undefined

/** The view that a path gives of a version. `key` names path and normalised query. */
export async function readView(tiers: Tiers, pointer: Pointer, key: string, render: Render): Promise<View | undefined> {
  const { memory } = tiers
  const memoryKey = `${contentKeyOf(pointer)} ${key}`
  const ready = memory.views.get(memoryKey)
  if (ready) return ready
  const known = memory.versions.get(contentKeyOf(pointer))
  const view = known
    ? render(known)
    : ((await getShared(tiers, contentKeyOf(pointer), key)) ?? (await renderCold(tiers, pointer, key, render)))
  if (view) memory.keepView(memoryKey, view)
  return view
}

async function renderCold(tiers: Tiers, pointer: Pointer, key: string, render: Render): Promise<View | undefined> {
  const view = render(await loadVersion(tiers, pointer))
  if (view) putShared(tiers, contentKeyOf(pointer), key, view)
  return view
}
