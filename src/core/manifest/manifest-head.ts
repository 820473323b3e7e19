/**
 * Reads the head of a manifest: the JSON before its content. It is returned only if the rest of the manifest consists
 * of the parts and their separators, and nothing else. Pure.
 */
import { compareText } from '../json/canonical.ts'
import type { PartRanges, Range } from '../schema/history.ts'
import { CLOSING, MODELS_OPENING, PROVIDERS_OPENING } from './manifest-layout.ts'

/** The head as JSON text; `undefined` if the ranges do not cover the rest of the manifest. */
export function headText(manifest: Uint8Array, ranges: Readonly<Record<string, PartRanges>>): string | undefined {
  const sorted = Object.entries(ranges).sort(([a], [b]) => compareText(a, b))
  const lengthWithoutParts = PROVIDERS_OPENING.length + CLOSING.length
  const start = sorted[0]?.[1].models[0] ?? manifest.byteLength - lengthWithoutParts
  const layout = [
    { opening: MODELS_OPENING, list: sorted.map(([, { models }]) => models) },
    { opening: PROVIDERS_OPENING, list: sorted.map(([, { provider }]) => provider) },
  ]
  let end: number | undefined = start - MODELS_OPENING.length
  for (const { opening, list } of layout) end = endOfList(manifest, list, endOfText(manifest, opening, end))
  if (endOfText(manifest, CLOSING, end) !== manifest.byteLength) return undefined
  return `${decoder.decode(manifest.subarray(0, start - MODELS_OPENING.length))}}`
}

const decoder = new TextDecoder()

/** Where `text` ends if it begins at `start`; `undefined` if it does not. */
function endOfText(manifest: Uint8Array, text: string, start: number | undefined): number | undefined {
  if (start === undefined || start < 0) return undefined
  // Compared by bytes, because the text is ASCII: decoding each comma would take most of the time of a first response.
  for (let at = 0; at < text.length; at++) if (manifest[start + at] !== text.charCodeAt(at)) return undefined
  return start + text.length
}

/** Where the last slice ends, if the slices are adjacent and separated by commas. */
function endOfList(manifest: Uint8Array, list: readonly Range[], start: number | undefined): number | undefined {
  let end = start
  for (const [first, after] of list) {
    if (first === after) continue
    if (end !== start) end = endOfText(manifest, ',', end)
    if (first !== end || after < first) return undefined
    end = after
  }
  return end
}
