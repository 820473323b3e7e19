/**
 * Where the members of a list stand in its JSON, without parsing them. Pure. The JSON is trusted: a part that its digest
 * has proven.
 */
import type { Range } from '../../schema/history.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPENINGS = [0x5b, 0x7b]
const CLOSINGS = [0x5d, 0x7d]

/** Of UTF-8 JSON without the brackets of the list; each range counts from `start`. */
export function memberRanges(list: Uint8Array, start = 0): Range[] {
  const ranges: Range[] = []
  let depth = 0
  let first = 0
  for (let at = 0; at < list.length; at++) {
    const byte = list[at] ?? 0
    if (byte === QUOTE) at = endOfString(list, at)
    else if (OPENINGS.includes(byte)) depth++
    else if (CLOSINGS.includes(byte)) depth--
    else if (byte === COMMA && depth === 0) {
      ranges.push([start + first, start + at])
      first = at + 1
    }
  }
  if (list.length > 0) ranges.push([start + first, start + list.length])
  return ranges
}

/** Where the quote is that ends a string. */
function endOfString(json: Uint8Array, opening: number): number {
  let at = json.indexOf(QUOTE, opening + 1)
  while (at >= 0 && isEscaped(json, at)) at = json.indexOf(QUOTE, at + 1)
  return at < 0 ? json.length : at
}

function isEscaped(json: Uint8Array, at: number): boolean {
  let slashes = 0
  while (json[at - slashes - 1] === BACKSLASH) slashes++
  return slashes % 2 === 1
}
