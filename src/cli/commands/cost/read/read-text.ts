/** The text of a file or of standard input, as a stream. */
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { CommandError } from '../../../shared/command.ts'
import { fileReason } from '../../../shared/files.ts'

const CHUNK_BYTES = 2 ** 18
/** The name of standard input. */
export const STDIN = '-'

/** Decompressed if its name ends in `.gz`. A byte order mark is removed. */
export async function* readText(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  try {
    for await (const chunk of bytesOf(path)) yield decoder.decode(chunk, { stream: true })
  } catch (error) {
    throw new CommandError(`Cannot read "${path}": ${fileReason(error, 'file')}`)
  }
  yield decoder.decode()
}

function bytesOf(path: string): AsyncIterable<Uint8Array> {
  if (path === STDIN) return process.stdin
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  if (!path.endsWith('.gz')) return file
  const bytes = createGunzip({ chunkSize: CHUNK_BYTES })
  // `pipe` does not pass errors on.
  file.on('error', (error) => bytes.destroy(error))
  return file.pipe(bytes)
}
