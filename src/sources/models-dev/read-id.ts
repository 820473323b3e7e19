/** Checks ids. They become keys and parts of URLs, so an unusable id is an error: it is never rewritten. */
import { textOf } from '../field-reader.ts'

/** A URL path cannot contain dot segments (RFC 3986, section 5.2.4), and `__proto__` is not an ordinary object key. */
const UNUSABLE = ['.', '..', '__proto__']

/** The trimmed id. `stated`: the id inside the listed object, which must equal the key that it is listed under. */
export function readId(listedAs: string, stated: unknown): { id: string } | { problem: string } {
  if (stated !== undefined && stated !== listedAs) return { problem: 'is listed under another id' }
  const id = textOf(listedAs)
  if (id === undefined) return { problem: 'has an id that is empty, too long or contains control characters' }
  return UNUSABLE.includes(id) ? { problem: 'has an id that a URL cannot contain' } : { id }
}
