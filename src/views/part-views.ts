/** JSON views of parts: a provider, its models, or a manifest of some providers, joined from bytes without parsing. */
import { concatenate } from '../core/concatenate.ts'
import { storedJsonView } from './json-view.ts'
import type { View } from './view.ts'

const encoder = new TextEncoder()
const COMMA = encoder.encode(',')
const LIST_OPENING = encoder.encode('[')
const LIST_CLOSING = encoder.encode(']')

/** A list of the members of all slices. Each slice may contain any number of members. */
export function listOfSlices(slices: readonly Uint8Array[]): View {
  return storedJsonView(concatenate([LIST_OPENING, ...joinWithCommas(slices), LIST_CLOSING]))
}

/** A manifest with the given head and the given parts. */
export function manifestOfSlices(
  head: object,
  { models, providers }: { models: readonly Uint8Array[]; providers: readonly Uint8Array[] },
): View {
  const opening = JSON.stringify(head).slice(0, -1)
  return storedJsonView(
    concatenate([
      encoder.encode(`${opening},"models":[`),
      ...joinWithCommas(models),
      encoder.encode('],"providers":['),
      ...joinWithCommas(providers),
      encoder.encode(']}'),
    ]),
  )
}

function joinWithCommas(slices: readonly Uint8Array[]): Uint8Array[] {
  return slices
    .filter((slice) => slice.byteLength > 0)
    .flatMap((slice, index) => (index === 0 ? [slice] : [COMMA, slice]))
}
