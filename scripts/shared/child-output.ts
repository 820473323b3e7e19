/** The output of a child process, kept to be shown when it fails. */
import type { Readable } from 'node:stream'

/** Returns the output so far; only the last characters are kept. */
export function keepOutput(
  streams: readonly (Readable | null)[],
  { last = Number.POSITIVE_INFINITY, onText }: { last?: number; onText?: (text: string) => void } = {},
): () => string {
  let kept = ''
  for (const stream of streams)
    stream?.setEncoding('utf8').on('data', (text: string) => {
      kept += text
      if (kept.length > last) kept = kept.slice(-last)
      onText?.(text)
    })
  return () => kept
}
