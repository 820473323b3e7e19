/** Reads one part by its digest: from the current manifest if it has the part, else from the cache or the Durable Object. */
import { etagOf } from '../../core/manifest/version.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { storedJsonView } from '../../views/json-view.ts'
import { sha256 } from '../sha256.ts'
import { getShared, putShared } from '../shared-cache.ts'
import type { Tiers } from '../tiers.ts'
import { loadParts } from './read-parts.ts'

const SCOPE = 'parts'

/** `undefined` if no commit ever had it. */
export async function readPart(tiers: Tiers, current: Pointer, digest: string): Promise<Uint8Array | undefined> {
  const { index } = await loadParts(tiers, current, [])
  const [provider] = Object.entries(index.parts).find(([, part]) => part.digest === digest) ?? []
  if (provider === undefined) return readPastPart(tiers, digest)
  return (await loadParts(tiers, current, [provider])).part(provider)
}

async function readPastPart(tiers: Tiers, digest: string): Promise<Uint8Array | undefined> {
  const shared = await getShared(tiers, SCOPE, digest)
  if (shared && sha256(shared.bytes) === digest) return shared.bytes
  const fetched = await tiers.registry.part(digest)
  if (fetched) putShared(tiers, SCOPE, digest, { ...storedJsonView(fetched), etag: etagOf(digest) })
  return fetched
}
