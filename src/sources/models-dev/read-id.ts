/** Ids become keys and parts of URLs, so they are usable or they are not: nothing of them is made up. */
import { textOf } from '../field-reader.ts'

/** A URL cannot contain dot segments (RFC 3986, section 5.2.4); the last is not an ordinary key of an object. */
const UNUSABLE = ['.', '..', '__proto__']

/** An id, trimmed; `said` is what stands beside what it is listed as, and must be the same. */
export function readId(listedAs: string, said: unknown): { id: string } | { problem: string } {
  if (said !== undefined && said !== listedAs) return { problem: 'is listed under another id' }
  const id = textOf(listedAs)
  if (id === undefined) return { problem: 'has an id that is empty, too long or contains control characters' }
  return UNUSABLE.includes(id) ? { problem: 'has an id that a URL cannot contain' } : { id }
}
