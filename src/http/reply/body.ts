/**
 * Bytes as the body of a response. workerd copies the bytes of a Response, and frees the copy with the garbage of an
 * isolate, which makes little of it while it serves megabytes: twenty whole manifests would fill its memory. A stream
 * is copied a piece at a time.
 */

/** A stream costs some 50 µs: as much as copying a quarter of a megabyte. */
const MIN_STREAMED_BYTES = 256_000

export function bodyOf(bytes: Uint8Array): Uint8Array | ReadableStream<Uint8Array> {
  if (bytes.byteLength < MIN_STREAMED_BYTES) return bytes
  // Its length is known, so that the response has a Content-Length.
  const { readable, writable } = new FixedLengthStream(bytes.byteLength)
  const writer = writable.getWriter()
  // A reader that goes away ends both.
  writer.write(bytes).catch(() => undefined)
  writer.close().catch(() => undefined)
  return readable
}
