/** SHA-256 in lower-case hex digits. */
import { createHash, hash } from 'node:crypto'

/** Of the concatenation. */
export function sha256(...data: (string | Uint8Array)[]): string {
  const [first = '', ...rest] = data
  // A Hash is a stream, too: to make one takes as long as to hash twenty kilobytes.
  if (rest.length === 0) return hash('sha256', first, 'hex')
  const whole = createHash('sha256')
  for (const piece of data) whole.update(piece)
  return whole.digest('hex')
}
