/** Splits text that arrives in chunks into lines. Keeps only one chunk and the unfinished line in memory. */
import { TextDecoder } from 'node:util'
import { CommandError } from '../../shared/command.ts'

/** The lines that each chunk completes, without line ends. Refuses a last line that has no line end: it was truncated. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decode(decoder, chunk)).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield lines
  }
  if (rest !== '') throw new CommandError('Cannot read the backup: it is truncated in its last line')
}

function decode(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch {
    throw new CommandError('Cannot read the backup: it is not UTF-8 text')
  }
}
