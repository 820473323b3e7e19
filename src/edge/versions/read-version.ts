/** Reads of one version through the tiers: isolate, Cache API, KV, Durable Object. Earlier tiers are filled after a miss. */
import { parseJson } from '../../core/json/parse-json.ts'
import type { Pointer, VersionId } from '../../core/schema/history.ts'
import { jsonView, storedJsonView } from '../../views/json-view.ts'
import type { View } from '../../views/view.ts'
import { commitKeyOf, contentKeyOf } from '../memory.ts'
import type { Need } from '../parts/version-parts.ts'
import { getShared, putShared } from '../shared-cache.ts'
import { isIndex } from '../stored-shapes.ts'
import { type TaggedView, tagView } from '../tagged-view.ts'
import type { Tiers } from '../tiers.ts'
import { LoadedVersion } from './loaded-version.ts'

const MANIFEST_KEY = 'manifest'
export const INDEX_KEY = 'index'

/** The manifest of a version, with the needed parts verified by their digests; other parts are not verified. */
export async function loadVersion(tiers: Tiers, pointer: Pointer, need: Need = 'all'): Promise<LoadedVersion> {
  const { memory } = tiers
  const known = memory.versions.get(commitKeyOf(pointer))
  if (known?.proves(need)) return known
  const loaded = await loadFromTiers(tiers, pointer, need)
  memory.keepVersion(pointer, loaded)
  return loaded
}

async function loadFromTiers(tiers: Tiers, pointer: Pointer, need: Need): Promise<LoadedVersion> {
  const cached = await loadFromCache(tiers, pointer)
  if (cached?.proves(need)) return cached
  const stored = isPast(tiers, pointer) ? undefined : await loadFromKv(tiers, pointer)
  const fetched = stored?.proves(need) ? stored : await loadFromRegistry(tiers, pointer)
  const scope = commitKeyOf(pointer)
  putShared(tiers, scope, MANIFEST_KEY, { ...storedJsonView(fetched.bytes), etag: pointer.etag })
  putShared(tiers, scope, INDEX_KEY, { ...jsonView(fetched.index), etag: pointer.etag })
  return fetched
}

/** KV holds only the current version: reading it for a past one would be wasted. */
export function isPast({ memory }: Tiers, pointer: Pointer): boolean {
  return memory.pointer !== undefined && memory.pointer.version !== pointer.version
}

async function loadFromCache(tiers: Tiers, pointer: Pointer): Promise<LoadedVersion | undefined> {
  const scope = commitKeyOf(pointer)
  const [manifest, index] = await Promise.all([
    getShared(tiers, scope, MANIFEST_KEY),
    getShared(tiers, scope, INDEX_KEY),
  ])
  return manifest && index && load(manifest.bytes, parseJson(new TextDecoder().decode(index.bytes)), pointer)
}

/** `undefined` if KV does not have it. */
export async function loadFromKv({ kv }: Tiers, pointer: Pointer): Promise<LoadedVersion | undefined> {
  try {
    const [{ value, metadata }, index] = await Promise.all([
      kv.getWithMetadata<Partial<VersionId>>(MANIFEST_KEY, { type: 'arrayBuffer' }),
      kv.get(INDEX_KEY, { type: 'text' }),
    ])
    // The same content may have been committed at another time, by another registry.
    const isWanted = metadata?.version === pointer.version && metadata.generatedAt === pointer.generatedAt
    if (!value || index === null || !isWanted) return undefined
    return load(new Uint8Array(value), parseJson(index), pointer)
  } catch {
    return undefined
  }
}

function load(bytes: Uint8Array, index: unknown, pointer: Pointer): LoadedVersion | undefined {
  return isIndex(index) ? LoadedVersion.load({ bytes, index }, pointer) : undefined
}

async function loadFromRegistry({ registry }: Tiers, pointer: Pointer): Promise<LoadedVersion> {
  const sent = await registry.manifest(pointer.seq)
  const loaded = sent && load(sent.bytes, sent.index, pointer)
  if (!loaded?.proves('all'))
    throw new Error(
      `Cannot read ${pointer.version}: the registry's manifest of commit ${pointer.seq} has another digest`,
    )
  return loaded
}

/** The source of a view, from memory if it is cached. */
export interface Loader<T> {
  known: (tiers: Tiers, pointer: Pointer) => T | undefined
  load: (tiers: Tiers, pointer: Pointer) => Promise<T>
  /** With every part verified. */
  loadWhole: (tiers: Tiers, pointer: Pointer) => Promise<T>
}

const WHOLE: Loader<LoadedVersion> = {
  known({ memory }, pointer) {
    const version = memory.versions.get(commitKeyOf(pointer))
    return version?.proves('all') ? version : undefined
  },
  load: (tiers, pointer) => loadVersion(tiers, pointer),
  loadWhole: loadVersion,
}

/** Returned instead of a view if a part that it uses is not verified: it is then rendered from the whole, verified version. */
export const UNPROVEN = 'unproven'

type Made = View | TaggedView | undefined
/** Renders a path from a version, or returns `undefined` if the version lacks it. */
export type Render<T = LoadedVersion> = (version: T) => Made | typeof UNPROVEN

/** The view of a version at a path. `key` is the path and the normalised query. */
export function readView(tiers: Tiers, pointer: Pointer, key: string, render: Render): Promise<TaggedView | undefined> {
  return readViewOf(WHOLE, tiers, pointer, key, render)
}

/** The same for other content of a version. */
export async function readViewOf<T>(
  loader: Loader<T>,
  tiers: Tiers,
  pointer: Pointer,
  key: string,
  render: Render<T>,
): Promise<TaggedView | undefined> {
  const { memory } = tiers
  const memoryKey = `${contentKeyOf(pointer)} ${key}`
  const ready = memory.views.get(memoryKey)
  if (ready) return ready
  const known = loader.known(tiers, pointer)
  const shared = known ? undefined : await getShared(tiers, contentKeyOf(pointer), key)
  const view = shared ?? (await makeView(loader, tiers, pointer, render, known))
  if (!view) return undefined
  if (!known && !shared) putShared(tiers, contentKeyOf(pointer), key, view)
  memory.keepView(memoryKey, view)
  return view
}

async function makeView<T>(
  loader: Loader<T>,
  tiers: Tiers,
  pointer: Pointer,
  render: Render<T>,
  known: T | undefined,
): Promise<TaggedView | undefined> {
  const made = render(known ?? (await loader.load(tiers, pointer)))
  const whole = made === UNPROVEN ? render(await loader.loadWhole(tiers, pointer)) : made
  if (whole === UNPROVEN) throw new Error(`Cannot render ${pointer.version}: its parts do not match their digests`)
  return whole && tagView(whole)
}
