/**
 * Bodies that only the Durable Object can make: lists, histories, diffs. Each is asked for as of a row, so it is a
 * function of that row and its key, and is kept like the bodies of a version.
 */
import type { Pointer } from '../core/schema/history.ts'
import type { Body } from './memory.ts'
import { getShared, putShared } from './shared-cache.ts'
import type { Tiers } from './tiers.ts'

/** `undefined` where the object knows no such thing, which is not remembered. */
export async function readRecord(
  tiers: Tiers,
  { version, seq }: Pick<Pointer, 'version' | 'seq'>,
  key: string,
  fetch: () => Promise<Uint8Array | undefined>,
): Promise<Body | undefined> {
  const row = `${version}-${seq}`
  const memoryKey = `${row} ${key}`
  const ready = tiers.memory.bodies.get(memoryKey)
  if (ready) return ready
  const shared = await getShared(tiers, row, key)
  const bytes = shared?.bytes ?? (await fetch())
  if (!bytes) return undefined
  const body: Body = { bytes }
  if (!shared) putShared(tiers, row, key, body)
  tiers.memory.keepBody(memoryKey, body)
  return body
}
