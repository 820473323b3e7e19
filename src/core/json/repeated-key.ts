/**
 * Finds a key that occurs twice in one JSON object. `JSON.parse` silently keeps only the last, so a correction written
 * by hand could be lost (RFC 8259, section 4: the behaviour is unpredictable). Pure.
 */

/** Strings and punctuation. Nothing else matters here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/** The first key that repeats within its object; `undefined` if none does. `json` must be valid JSON. */
export function findRepeatedKey(json: string): string | undefined {
  /** For each open bracket, the keys of its object so far; `undefined` for a list. */
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      // Decoded, because the same key may be spelt with escapes.
      const key: string = JSON.parse(last)
      if (open.at(-1)?.has(key)) return key
      open.at(-1)?.add(key)
    }
    last = token
  }
  return undefined
}
