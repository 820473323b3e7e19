/**
 * Views of data that only the Durable Object holds: lists, histories, diffs. Each is read as of a commit, so it is a
 * function of that commit, the history before it and its key, and is cached like the views of a version.
 */
import type { Pointer } from '../../core/schema/history.ts'
import type { View } from '../../views/view.ts'
import { commitKeyOf } from '../memory.ts'
import { getShared, putShared } from '../shared-cache.ts'
import { type TaggedView, tagView } from '../tagged-view.ts'
import type { Tiers } from '../tiers.ts'

/** `undefined` if the object has none, which is not cached. */
export async function readRecord(
  tiers: Tiers,
  pointer: Pointer,
  key: string,
  fetch: () => Promise<View | undefined>,
): Promise<TaggedView | undefined> {
  const scope = commitKeyOf(pointer)
  const memoryKey = `${scope} ${key}`
  const ready = tiers.memory.views.get(memoryKey)
  if (ready) return ready
  const shared = await getShared(tiers, scope, key)
  const fetched = shared ?? (await fetch())
  if (!fetched) return undefined
  const view = tagView(fetched)
  if (!shared) putShared(tiers, scope, key, view)
  tiers.memory.keepView(memoryKey, view)
  return view
}
