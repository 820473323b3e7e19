/** A bound parameter may be up to 2 MB. This many UTF-16 code units are at most 0.9 MB of UTF-8. */
const BATCH_LENGTH = 300_000
/** For a batch of a single item. Only production enforces the limit. */
const MAX_PARAMETER_BYTES = 2_000_000

/** JSON arrays of the items, each small enough for one bound parameter. */
export function* batches(items: unknown[]): Generator<string> {
  let texts: string[] = []
  let length = 0
  for (const item of items) {
    const text = JSON.stringify(item)
    if (text.length > BATCH_LENGTH && Buffer.byteLength(text) >= MAX_PARAMETER_BYTES)
      throw new Error(`Cannot store a row: it exceeds the ${MAX_PARAMETER_BYTES} bytes of a bound parameter`)
    if (texts.length > 0 && length + text.length > BATCH_LENGTH) {
      yield `[${texts.join(',')}]`
      texts = []
      length = 0
    }
    texts.push(text)
    length += text.length + 1
  }
  if (texts.length > 0) yield `[${texts.join(',')}]`
}
