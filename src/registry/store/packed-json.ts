/** JSON as it is kept in a row: gzip. What comes from outside, as a backup does, is unpacked with care. */
import { gunzipSync } from 'node:zlib'

/** More than any reply of a source takes: a small gzip can hold gigabytes. */
const MAX_UNPACKED_BYTES = 40_000_000

/** `undefined` for what is no gzip of JSON, or too much of it. */
export function unpackJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }).toString())
  } catch {
    return undefined
  }
}
