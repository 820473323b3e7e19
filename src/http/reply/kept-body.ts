/** A body that is sent often: as a Blob it is copied once, where workerd copies bytes for each Response. */
import { type Body, bodyOf, MIN_STREAMED_BYTES } from '../../edge/body-of.ts'

/** Below it the objects of a stream cost as much as the copy. */
const MIN_BLOB_BYTES = 16_000

export class KeptBody {
  readonly #bytes: Uint8Array
  #blob: Blob | undefined

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  isOf(bytes: Uint8Array): boolean {
    return this.#bytes === bytes
  }

  /** In memory, once it has been sent. */
  get weight(): number {
    const { byteLength } = this.#bytes
    return byteLength < MIN_BLOB_BYTES ? byteLength : 2 * byteLength
  }

  open(): Body {
    if (this.#bytes.byteLength < MIN_BLOB_BYTES) return this.#bytes
    this.#blob ??= new Blob([this.#bytes])
    return this.#blob.stream()
  }
}

/** The large body that was sent last: as a rule the current manifest. One of them is all that a Blob is made of. */
let latest: KeptBody | undefined

/** The body of a response, whose bytes stay in memory. */
export function replyBody(bytes: Uint8Array): Body {
  if (latest?.isOf(bytes)) return latest.open()
  if (bytes.byteLength >= MIN_STREAMED_BYTES) latest = new KeptBody(bytes)
  return bodyOf(bytes)
}
