/**
 * The real bodies of models.dev in the folder that RECORDED_DATA names; none if it is unset. Read when the tests are
 * bundled, because workerd has no files.
 */

// Vite evaluates this call statically. Each file becomes a data URL.
const files = import.meta.glob('@recorded/models-dev/api-*.json.gz', { query: '?url&inline', import: 'default' })

/** By date, oldest first. */
export const recordedBodies: readonly { date: string; path: string }[] = Object.keys(files)
  .toSorted()
  .map((path) => ({ date: /\d{4}-\d{2}-\d{2}/.exec(path)?.[0] ?? '', path }))

/** A body as JSON text. */
export async function readRecordedBody(path: string): Promise<string> {
  const url = await files[path]?.()
  if (url === undefined) throw new Error(`There is no recorded body ${path}`)
  const zipped = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
  return new Response(new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
}
