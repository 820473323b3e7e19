/**
 * Limits how deeply JSON is nested. Code that walks JSON recursively, as schemas do, could overflow the stack, so JSON
 * from outside is checked first. Pure.
 */

/** Whether lists and objects are nested more than `levels` deep. */
export function isNestedDeeper(json: unknown, levels: number): boolean {
  if (typeof json !== 'object' || json === null) return false
  return levels === 0 || Object.values(json).some((member) => isNestedDeeper(member, levels - 1))
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENINGS: ReadonlySet<number> = new Set([0x5b, 0x7b])
const CLOSINGS: ReadonlySet<number> = new Set([0x5d, 0x7d])

/** The same for a text, which need not be valid JSON, in one pass and without recursion. */
export function isTextNestedDeeper(text: string, levels: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (OPENINGS.has(code) && ++depth > levels) return true
    else if (CLOSINGS.has(code)) depth--
  }
  return false
}

/** The index of the closing quote of the string that opens at `start`; the end of the text if it is not closed. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at++
  }
  return text.length
}
