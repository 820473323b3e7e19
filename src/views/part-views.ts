/** JSON views of parts: a provider, its models, or a manifest of some providers, joined from bytes without parsing. */
import { concatenate } from '../core/concatenate.ts'
import { storedJsonView } from './json-view.ts'
import type { View } from './view.ts'

const encoder = new TextEncoder()
const COMMA = 0x2c
const LIST_OPENING = 0x5b
const LIST_CLOSING = 0x5d

/** A list of the members of all slices. Each slice may contain any number of members. */
export function listOfSlices(slices: readonly Uint8Array[]): View {
  return storedJsonView(joinList(slices))
}

/** A manifest with the given head and the given parts. */
export function manifestOfSlices(
  head: object,
  { models, providers }: { models: readonly Uint8Array[]; providers: readonly Uint8Array[] },
): View {
  const opening = JSON.stringify(head).slice(0, -1)
  return storedJsonView(
    concatenate([
      encoder.encode(`${opening},"models":`),
      joinList(models),
      encoder.encode(',"providers":'),
      joinList(providers),
      encoder.encode('}'),
    ]),
  )
}

/** Written in place: a search joins fifty slices, and a piece for each comma would take as long as the slices. */
function joinList(slices: readonly Uint8Array[]): Uint8Array {
  const present = slices.filter((slice) => slice.byteLength > 0)
  const commas = Math.max(0, present.length - 1)
  const bytes = new Uint8Array(present.reduce((length, slice) => length + slice.byteLength, commas + 2))
  bytes[0] = LIST_OPENING
  let at = 1
  for (const slice of present) {
    if (at > 1) bytes[at++] = COMMA
    bytes.set(slice, at)
    at += slice.byteLength
  }
  bytes[at] = LIST_CLOSING
  return bytes
}
