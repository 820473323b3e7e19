import { DataError } from '../errors.ts'
import type { FetchResponse } from './fetch-types.ts'

/** The part of a `ReadableStream` that is used. */
export interface ByteStream {
  getReader(): { read(): Promise<{ value?: Uint8Array; done: boolean }>; cancel(): Promise<void> }
  cancel(): Promise<void>
}

/** The text of a body, which is not read on once it is longer than `maxLength` bytes. */
export function readText(response: FetchResponse, maxLength?: number): Promise<string> {
  // A body is a stream (Fetch Standard, section 5.2); a stand-in for `fetch` may have none.
  const stream = response.body as ByteStream | null | undefined
  return stream?.getReader ? readStream(stream, maxLength) : response.text()
}

export async function readStream(stream: ByteStream, maxLength?: number): Promise<string> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return text + decoder.decode()
    length += value?.length ?? 0
    if (maxLength && length > maxLength) {
      await reader.cancel()
      throw new DataError('the answer', `it is longer than ${maxLength} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}
