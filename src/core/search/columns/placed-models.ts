/** The models of a manifest, each with the bytes that it stands in. Pure. */
import { compareText } from '../../json/canonical.ts'
import type { PartRanges, Range } from '../../schema/history.ts'
import type { Model } from '../../schema/model.ts'
import type { PlacedModel } from './model-columns.ts'

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** In the order of the manifest. All of it is parsed, a provider at a time. */
export function placedModels(manifest: Uint8Array, parts: Readonly<Record<string, PartRanges>>): PlacedModel[] {
  const sorted = Object.entries(parts).sort(([a], [b]) => compareText(a, b))
  return sorted.flatMap(([, { models }]) => modelsIn(manifest, models))
}

/**
 * Of one provider. Its JSON is canonical, so that a model takes as many bytes there as it does written again: a fresh
 * isolate would look for the ends of models, byte by byte, for longer than all else of its first answer takes.
 */
export function modelsIn(manifest: Uint8Array, [start, end]: PartRanges['models']): PlacedModel[] {
  const models: Model[] = JSON.parse(`[${decoder.decode(manifest.subarray(start, end))}]`)
  let at = start
  const placed = models.map((model): PlacedModel => {
    const range: Range = [at, at + encoder.encode(JSON.stringify(model)).byteLength]
    at = range[1] + 1 // after the comma
    return { model, range }
  })
  if (placed.length > 0 && at !== end + 1) throw new Error('Cannot place models: their JSON is not canonical')
  return placed
}
