/** Splits a backup into the parts that a registry restores one by one: complete lines, as many as fit. */
import { CommandError } from '../../shared/command.ts'

export interface Part {
  /** Counted from 1. */
  number: number
  text: string
  lines: number
}

export async function* partsOf(batches: AsyncIterable<string[]>, maxBytes: number): AsyncGenerator<Part> {
  let lines: string[] = []
  let bytes = 0
  let number = 1
  const take = (): Part => {
    const part = { number: number++, text: `${lines.join('\n')}\n`, lines: lines.length }
    lines = []
    bytes = 0
    return part
  }
  for await (const batch of batches)
    for (const line of batch) {
      const lineBytes = Buffer.byteLength(line) + 1
      if (lineBytes > maxBytes)
        throw new CommandError(`Cannot restore: a line has ${lineBytes} bytes, more than the ${maxBytes} of a part`)
      if (bytes + lineBytes > maxBytes) yield take()
      lines.push(line)
      bytes += lineBytes
    }
  if (lines.length > 0) yield take()
}
