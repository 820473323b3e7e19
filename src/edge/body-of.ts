/**
 * Bytes as the body of a response, to a reader or to the Cache API. workerd copies the bytes of a Response and frees the
 * copy with the garbage of its isolate, which makes little of it while it serves megabytes: twenty whole manifests would
 * fill its memory. A stream is copied a piece at a time.
 */

export type Body = Uint8Array | ReadableStream<Uint8Array>

/** A stream costs as much as copying some hundred kilobytes. */
export const MIN_STREAMED_BYTES = 500_000

/** Of a body that is sent once, or is too large for a copy to be kept. */
export function bodyOf(bytes: Uint8Array): Body {
  if (bytes.byteLength < MIN_STREAMED_BYTES) return bytes
  // Its length is known, so that the response has a Content-Length.
  const { readable, writable } = new FixedLengthStream(bytes.byteLength)
  // Fails where the reader goes away, which is not an error.
  writeTo(writable, bytes).catch(() => undefined)
  return readable
}

/** What is written is copied until it has been read: of each open response one piece. */
const PIECE_BYTES = 1_000_000

async function writeTo(writable: WritableStream<Uint8Array>, bytes: Uint8Array): Promise<void> {
  const writer = writable.getWriter()
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) await writer.write(bytes.subarray(at, at + PIECE_BYTES))
  await writer.close()
}
