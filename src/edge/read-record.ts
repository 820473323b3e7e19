/**
 * Views of what only the Durable Object holds: lists, histories, diffs. Each is read as of a row, so it is a function of
 * that row and its key, and is kept like the views of a version.
 */
import type { Pointer } from '../core/schema/history.ts'
import type { View } from '../views/view.ts'
import { getShared, putShared } from './shared-cache.ts'
import type { Tiers } from './tiers.ts'

/** `undefined` where the object knows no such thing, which is not remembered. */
export async function readRecord(
  tiers: Tiers,
  { version, seq }: Pick<Pointer, 'version' | 'seq'>,
  key: string,
  fetch: () => Promise<View | undefined>,
): Promise<View | undefined> {
  const row = `${version}-${seq}`
  const memoryKey = `${row} ${key}`
  const ready = tiers.memory.views.get(memoryKey)
  if (ready) return ready
  const shared = await getShared(tiers, row, key)
  const view = shared ?? (await fetch())
  if (!view) return undefined
  if (!shared) putShared(tiers, row, key, view)
  tiers.memory.keepView(memoryKey, view)
  return view
}
