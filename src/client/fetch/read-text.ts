import { DataError } from '../errors.ts'
import type { FetchResponse } from './fetch-types.ts'

/** The part of a `ReadableStream` that is used. */
export interface ByteStream {
  getReader(): { read(): Promise<{ value?: Uint8Array; done: boolean }>; cancel(): Promise<void> }
  cancel(): Promise<void>
}

/** The text of a body. Reading stops once it exceeds `maxLength` bytes. */
export async function readText(response: FetchResponse, maxLength?: number): Promise<string> {
  // A body is a stream (Fetch Standard, section 5.2); a stand-in for `fetch` may have none.
  const stream = response.body as ByteStream | null | undefined
  return stream?.getReader ? new TextDecoder().decode(await readBytes(stream, maxLength)) : response.text()
}

export async function readBytes(stream: ByteStream, maxLength = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return joined(chunks, length)
    if (!value) continue
    chunks.push(value)
    length += value.length
    if (length <= maxLength) continue
    await reader.cancel()
    throw new DataError('the answer', `it exceeds ${maxLength} bytes`)
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
