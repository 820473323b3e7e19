/** The model that an unknown id most likely means, to name it in a refusal. Never taken in its place. Pure. */
import { lastSegmentOf } from '../../match/family-id.ts'
import { nearestTo } from '../../nearest.ts'
import type { Model } from '../../schema/model.ts'
import { isVariant } from '../collapse.ts'
import { slugOf, undatedId } from './which-model.ts'

/** Of one provider or of several; `undefined` where none is near. */
export function nearestModel(models: readonly Model[], id: string): Model | undefined {
  const wanted = undatedId(id)
  const bySpelling = new Map<string, Model>()
  // Of equal ids, the one that can be called.
  const ordered = [...models.filter((model) => !isVariant(model)), ...models.filter(isVariant)]
  for (const model of ordered) for (const text of textsOf(model)) addFirst(bySpelling, undatedId(text), model)
  const segment = lastSegmentOf(wanted)
  // Hosts put the lab before an id, and people leave it out.
  const sameSegment = ordered.find((model) => textsOf(model).some((text) => lastSegmentOf(undatedId(text)) === segment))
  return sameSegment ?? bySpelling.get(nearestTo(wanted, [...bySpelling.keys()]) ?? '')
}

function textsOf(model: Model): string[] {
  const slug = slugOf(model)
  return slug === undefined ? [model.value] : [model.value, slug]
}

function addFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value)
}
