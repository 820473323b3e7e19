/** Unpacks JSON that is stored as gzip. The input may be from outside, such as a backup, so its size is limited. */
import { gunzipSync } from 'node:zlib'

/** More than any reply of a source. A limit is needed because a small gzip can expand to gigabytes. */
const MAX_UNPACKED_BYTES = 40_000_000

/** `undefined` if the bytes are not gzip, or expand to too much. */
export function unpackText(bytes: Uint8Array): string | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }).toString()
  } catch {
    return undefined
  }
}

/** `undefined` if the text is not JSON either. */
export function unpackJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(unpackText(bytes) ?? '')
  } catch {
    return undefined
  }
}
