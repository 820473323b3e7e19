/** JSON as it is kept in a row: gzip. What comes from outside, as a backup does, is unpacked with care. */
import { gunzipSync } from 'node:zlib'

/** More than any reply of a source takes: a small gzip can hold gigabytes. */
const MAX_UNPACKED_BYTES = 40_000_000

/** `undefined` for what is not gzip, or too much of it. */
export function unpackText(bytes: Uint8Array): string | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }).toString()
  } catch {
    return undefined
  }
}

/** The same of what is not JSON. */
export function unpackJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(unpackText(bytes) ?? '')
  } catch {
    return undefined
  }
}
