/**
 * Finds a key that a JSON object has twice. `JSON.parse` keeps the last and drops the others without a word, which for a
 * correction written by hand is a loss (RFC 8259, section 4: the behaviour is unpredictable). Pure.
 */

/** Strings, and the punctuation that opens, closes and divides; all else is of no importance here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/** The first key that its object has already; `undefined` if none is repeated. `json` is known to be JSON. */
export function findRepeatedKey(json: string): string | undefined {
  /** The keys of each object that is open; `undefined` for a list. */
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      // The same key may be spelt with escapes.
      const key: string = JSON.parse(last)
      if (open.at(-1)?.has(key)) return key
      open.at(-1)?.add(key)
    }
    last = token
  }
  return undefined
}
