/** Finds the model that an unknown id most likely means, to suggest it in an error. It is never used instead. Pure. */
import { lastSegmentOf } from '../../match/family-id.ts'
import { nearestTo } from '../../nearest.ts'
import type { Model } from '../../schema/model.ts'
import { isVariant } from '../collapse.ts'
import { slugOf, undatedId } from './which-model.ts'

/** `models`: of one provider or several. `undefined` if none is near. */
export function nearestModel(models: readonly Model[], id: string): Model | undefined {
  const wanted = undatedId(id)
  const bySpelling = new Map<string, Model>()
  // Rows come before variants, because only rows can be called.
  const ordered = [...models.filter((model) => !isVariant(model)), ...models.filter(isVariant)]
  for (const model of ordered) for (const text of textsOf(model)) addFirst(bySpelling, undatedId(text), model)
  const segment = lastSegmentOf(wanted)
  // Hosts put the lab before an id, and people often leave it out.
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
