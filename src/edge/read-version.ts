/** Reads of one version through the tiers: isolate, Cache API, KV, Durable Object. Earlier tiers are filled after a miss. */

import * as z from 'zod'
import type { Pointer } from '../core/schema/history.ts'
import { LoadedVersion } from './loaded-version.ts'
import { type Body, contentKeyOf } from './memory.ts'
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
  memory.versions.set(contentKeyOf(pointer), loaded, 1)
  return loaded
}

async function loadFromTiers(tiers: Tiers, pointer: Pointer): Promise<LoadedVersion> {
  const shared = await getShared(tiers, contentKeyOf(pointer), MANIFEST_KEY)
  const cached = shared && (await LoadedVersion.load(shared.bytes, pointer.etag))
  if (cached) return cached
  // KV holds the current manifest only: for a past one it would be read in vain.
  const isPast = tiers.memory.pointer !== undefined && tiers.memory.pointer.version !== pointer.version
  const fetched = (isPast ? undefined : await loadFromKv(tiers, pointer)) ?? (await loadFromRegistry(tiers, pointer))
  putShared(tiers, contentKeyOf(pointer), MANIFEST_KEY, { bytes: fetched.bytes })
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

/** What a path makes of a version: JSON, and the count before paging where there is one. */
export interface Rendered {
  json: unknown
  total?: number
}

/**
 * The ready body of a path. `key` names path and normalised query; `render` makes the body of a loaded version, or
 * `undefined` where the version has no such thing.
 */
export async function readBody(
  tiers: Tiers,
  pointer: Pointer,
  key: string,
  render: (version: LoadedVersion) => Rendered | undefined,
): Promise<Body | undefined> {
  const { memory } = tiers
  const memoryKey = `${contentKeyOf(pointer)} ${key}`
  const ready = memory.bodies.get(memoryKey)
  if (ready) return ready
  const known = memory.versions.get(contentKeyOf(pointer))
  const body =
    (known ? undefined : await getShared(tiers, contentKeyOf(pointer), key)) ??
    (await renderBody(tiers, pointer, key, render))
  if (body) memory.keepBody(memoryKey, body)
  return body
}

async function renderBody(
  tiers: Tiers,
  pointer: Pointer,
  key: string,
  render: (version: LoadedVersion) => Rendered | undefined,
): Promise<Body | undefined> {
  const known = tiers.memory.versions.get(contentKeyOf(pointer))
  const rendered = render(known ?? (await loadVersion(tiers, pointer)))
  if (!rendered) return undefined
  const bytes = new TextEncoder().encode(textOf(rendered.json))
  const body: Body = rendered.total === undefined ? { bytes } : { bytes, total: rendered.total }
  if (!known) putShared(tiers, contentKeyOf(pointer), key, body)
  return body
}

/** The JSON of what lists are made of: most of it is asked for again, in other lists. */
const itemTexts = new WeakMap<object, string>()

function textOf(json: unknown): string {
  return Array.isArray(json) ? `[${json.map(itemTextOf).join(',')}]` : JSON.stringify(json)
}

function itemTextOf(item: object): string {
  const text = itemTexts.get(item) ?? JSON.stringify(item)
  itemTexts.set(item, text)
  return text
}
