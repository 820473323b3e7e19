/** The models of a manifest, each with the bytes that it stands in. Pure. */
import { compareText } from '../../canonical.ts'
import type { PartRanges } from '../../schema/history.ts'
import type { Model } from '../../schema/model.ts'
import { memberRanges } from './member-ranges.ts'
import type { PlacedModel } from './model-columns.ts'

const decoder = new TextDecoder()

/** In the order of the manifest. All of it is parsed, a provider at a time. */
export function placedModels(manifest: Uint8Array, parts: Readonly<Record<string, PartRanges>>): PlacedModel[] {
  const sorted = Object.entries(parts).sort(([a], [b]) => compareText(a, b))
  return sorted.flatMap(([, { models }]) => modelsIn(manifest, models))
}

/** Of one provider. */
export function modelsIn(manifest: Uint8Array, [start, end]: PartRanges['models']): PlacedModel[] {
  const list = manifest.subarray(start, end)
  const ranges = memberRanges(list, start)
  const models: Model[] = JSON.parse(`[${decoder.decode(list)}]`)
  return models.map((model, index) => ({ model, range: ranges[index] ?? [0, 0] }))
}
