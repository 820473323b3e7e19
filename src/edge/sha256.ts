/** SHA-256 in lower-case hex digits. */
import { createHash } from 'node:crypto'

/** Of the concatenation. */
export function sha256(...data: (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const piece of data) hash.update(piece)
  return hash.digest('hex')
}
