/** Reads of one part by its digest: out of the current manifest where that has it, else from cache or Durable Object. */
import { createHash } from 'node:crypto'
import { sliceOfPart } from '../core/manifest/manifest-layout.ts'
import { etagOf } from '../core/manifest/version.ts'
import type { Pointer } from '../core/schema/history.ts'
import { storedJsonView } from '../views/json-view.ts'
import { loadVersion } from './read-version.ts'
import { getShared, putShared } from './shared-cache.ts'
import type { Tiers } from './tiers.ts'

const SCOPE = 'parts'

/** `undefined` where no commit ever had it. */
export async function readPart(tiers: Tiers, current: Pointer, digest: string): Promise<Uint8Array | undefined> {
  const { bytes, index } = await loadVersion(tiers, current)
  const found = Object.values(index.parts).find((part) => part.digest === digest)
  return found ? sliceOfPart(bytes, found) : readPastPart(tiers, digest)
}

async function readPastPart(tiers: Tiers, digest: string): Promise<Uint8Array | undefined> {
  const shared = await getShared(tiers, SCOPE, digest)
  if (shared && isPart(shared.bytes, digest)) return shared.bytes
  const fetched = await tiers.registry.part(digest)
  if (fetched) putShared(tiers, SCOPE, digest, { ...storedJsonView(fetched), etag: etagOf(digest) })
  return fetched
}

const isPart = (bytes: Uint8Array, digest: string): boolean =>
  createHash('sha256').update(bytes).digest('hex') === digest
