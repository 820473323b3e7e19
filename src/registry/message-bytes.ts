/**
 * The object's responses as bytes. An RPC message is limited to 32 MiB, but only production enforces it, so it is asserted
 * here: a response that is too large fails with a clear error, also in tests.
 */

/** Leaves room for the rest of the message. */
const MAX_MESSAGE_BYTES = 32 * 1024 * 1024 - 65_536

const encoder = new TextEncoder()

export function messageBytes(text: string): Uint8Array {
  const bytes = encoder.encode(text)
  assertFitsMessage(bytes)
  return bytes
}

export function assertFitsMessage({ byteLength }: Uint8Array): void {
  if (byteLength > MAX_MESSAGE_BYTES)
    throw new Error(`Cannot answer: ${byteLength} bytes exceed the ${MAX_MESSAGE_BYTES} of an RPC message`)
}
