/** Refuses a catalogue that is too large to be served on this platform, even with `force`. */
import { formatCount, type HoldReason, reasonOf } from './hold-reason.ts'

/** Three times the design size. At about 800 bytes a model, it just fits in `MAX_BYTES`. */
export const MAX_ROWS = 30_000
/** The largest value of Workers KV, where the manifest is published. */
export const MAX_BYTES = 25 * 1024 * 1024

/** `bytes`: the size of the manifest, or of the source's reply if the manifest is not built yet. */
export function checkSize({ rows, bytes }: { rows: number; bytes: number }): HoldReason | undefined {
  if (rows > MAX_ROWS) {
    return reasonOf('too-large', `${formatCount(rows)} models, more than ${formatCount(MAX_ROWS)}`)
  }
  if (bytes <= MAX_BYTES) return undefined
  return reasonOf(
    'too-large',
    `${formatCount(bytes)} bytes, more than the ${formatCount(MAX_BYTES)} that Workers KV takes`,
  )
}
