/** Reads of one version through the tiers: isolate, Cache API, KV, Durable Object. Earlier tiers are filled after a miss. */
import * as z from 'zod'
import { ManifestIndex, type Pointer } from '../core/schema/history.ts'
import { jsonView, storedJsonView } from '../views/json-view.ts'
import type { View } from '../views/view.ts'
import { LoadedVersion } from './loaded-version.ts'
import { commitKeyOf, contentKeyOf } from './memory.ts'
import { getShared, putShared } from './shared-cache.ts'
import { type TaggedView, tagView } from './tagged-view.ts'
import type { Tiers } from './tiers.ts'

const MANIFEST_KEY = 'manifest'
const INDEX_KEY = 'index'
const KvMetadata = z.object({ version: z.string(), generatedAt: z.string() })

/** The whole manifest of a version, checked by the digests of its parts. */
export async function loadVersion(tiers: Tiers, pointer: Pointer): Promise<LoadedVersion> {
  const { memory } = tiers
  const known = memory.versions.get(commitKeyOf(pointer))
  if (known) return known
  const loaded = await loadFromTiers(tiers, pointer)
  memory.keepVersion(pointer, loaded)
  return loaded
}

async function loadFromTiers(tiers: Tiers, pointer: Pointer): Promise<LoadedVersion> {
  const cached = await loadFromCache(tiers, pointer)
  if (cached) return cached
  // KV holds the current manifest only: reading it for a past one would be wasted.
  const isPast = tiers.memory.pointer !== undefined && tiers.memory.pointer.version !== pointer.version
  const fetched = (isPast ? undefined : await loadFromKv(tiers, pointer)) ?? (await loadFromRegistry(tiers, pointer))
  const scope = commitKeyOf(pointer)
  putShared(tiers, scope, MANIFEST_KEY, { ...storedJsonView(fetched.bytes), etag: pointer.etag })
  putShared(tiers, scope, INDEX_KEY, tagView(jsonView(fetched.index)))
  return fetched
}

async function loadFromCache(tiers: Tiers, pointer: Pointer): Promise<LoadedVersion | undefined> {
  const scope = commitKeyOf(pointer)
  const [manifest, index] = await Promise.all([
    getShared(tiers, scope, MANIFEST_KEY),
    getShared(tiers, scope, INDEX_KEY),
  ])
  return manifest && index && load(manifest.bytes, parseJson(new TextDecoder().decode(index.bytes)), pointer)
}

/** `undefined` where KV does not hold it whole. */
export async function loadFromKv({ kv }: Tiers, pointer: Pointer): Promise<LoadedVersion | undefined> {
  try {
    const [{ value, metadata }, index] = await Promise.all([
      kv.getWithMetadata(MANIFEST_KEY, { type: 'arrayBuffer' }),
      kv.get(INDEX_KEY, { type: 'text' }),
    ])
    const head = KvMetadata.safeParse(metadata).data
    // The same content may have been made at another time, by another registry.
    if (!value || index === null || head?.version !== pointer.version || head.generatedAt !== pointer.generatedAt)
      return undefined
    return load(new Uint8Array(value), parseJson(index), pointer)
  } catch {
    return undefined
  }
}

function load(bytes: Uint8Array, indexJson: unknown, pointer: Pointer): LoadedVersion | undefined {
  const index = ManifestIndex.safeParse(indexJson).data
  return index && LoadedVersion.load({ bytes, index }, pointer)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function loadFromRegistry({ registry }: Tiers, pointer: Pointer): Promise<LoadedVersion> {
  const sent = await registry.manifest(pointer.seq)
  const loaded = sent && load(sent.bytes, sent.index, pointer)
  if (!loaded)
    throw new Error(
      `Cannot read ${pointer.version}: the registry's manifest of commit ${pointer.seq} has another digest`,
    )
  return loaded
}

/** What a path makes of a version, or `undefined` where the version lacks it. */
export type Render = (version: LoadedVersion) => View | TaggedView | undefined

/** The view that a path gives of a version. `key` names path and normalised query. */
export async function readView(
  tiers: Tiers,
  pointer: Pointer,
  key: string,
  render: Render,
): Promise<TaggedView | undefined> {
  const { memory } = tiers
  const memoryKey = `${contentKeyOf(pointer)} ${key}`
  const ready = memory.views.get(memoryKey)
  if (ready) return ready
  const known = memory.versions.get(commitKeyOf(pointer))
  const view = known
    ? tagOptional(render(known))
    : ((await getShared(tiers, contentKeyOf(pointer), key)) ?? (await renderCold(tiers, pointer, key, render)))
  if (view) memory.keepView(memoryKey, view)
  return view
}

async function renderCold(
  tiers: Tiers,
  pointer: Pointer,
  key: string,
  render: Render,
): Promise<TaggedView | undefined> {
  const view = tagOptional(render(await loadVersion(tiers, pointer)))
  if (view) putShared(tiers, contentKeyOf(pointer), key, view)
  return view
}

const tagOptional = (view: View | TaggedView | undefined): TaggedView | undefined => view && tagView(view)
