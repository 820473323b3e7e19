/** Parses the models of a manifest, each with its byte range. Pure. */
import { compareText } from '../../json/canonical.ts'
import type { PartRanges, Range } from '../../schema/history.ts'
import type { Model } from '../../schema/model.ts'
import type { PlacedModel } from './model-columns.ts'

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** In the order of the manifest. Parses the whole manifest, one provider at a time. */
export function placedModels(manifest: Uint8Array, parts: Readonly<Record<string, PartRanges>>): PlacedModel[] {
  const sorted = Object.entries(parts).sort(([a], [b]) => compareText(a, b))
  return sorted.flatMap(([, { models }]) => modelsIn(manifest, models))
}

/**
 * The models of one provider. Its JSON is canonical, so a model takes the same number of bytes when it is serialized
 * again. Searching for the end of each model byte by byte would take longer than the rest of an isolate's first
 * response.
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
