/** Reads a backup file as a stream, compressed or not, whatever its name. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { CommandError } from '../../shared/command.ts'
import { fileReason } from '../../shared/files.ts'
import { wholeLines } from '../backup/whole-lines.ts'

/** How every gzip file begins (RFC 1952, section 2.3.1). */
const GZIP_MAGIC = 0x1f8b

/** Its lines, in groups as they are read. */
export async function* readBackup(file: string): AsyncGenerator<string[]> {
  try {
    const isCompressed = await beginsWithGzip(file)
    const bytes = createReadStream(file)
    yield* wholeLines(isCompressed ? decompress(bytes) : bytes)
  } catch (error) {
    if (error instanceof CommandError || !(error instanceof Error) || !('code' in error)) throw error
    throw new CommandError(`Cannot read "${file}": ${fileReason(error, 'file')}`)
  }
}

function decompress(bytes: Readable): Readable {
  const decompressed = createGunzip()
  // An error also ends the stream that is being read, and is reported there.
  pipeline(bytes, decompressed).catch(() => undefined)
  return decompressed
}

async function beginsWithGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer.readUInt16BE() === GZIP_MAGIC
  } finally {
    await handle.close()
  }
}
