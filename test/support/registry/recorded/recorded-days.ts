/**
 * The real pulls in the folder that RECORDED_DATA names. They belong to their source and so are not part of the
 * project: none if it is unset. Read when the tests are bundled, because workerd has no files.
 */

type Glob = (pattern: string, options: { query: string; import: string }) => Record<string, () => Promise<string>>

declare global {
  interface ImportMeta {
    glob: Glob
  }
}

// Vite evaluates this call statically. Each file becomes a data URL.
const files = import.meta.glob('@recorded/aa/pulls/*.json.gz', { query: '?url&inline', import: 'default' })

export const recordedDays: readonly string[] = Object.keys(files).toSorted()

/** A recorded pull as JSON text. */
export async function readRecordedDay(path: string): Promise<string> {
  const url = await files[path]?.()
  if (url === undefined) throw new Error(`There is no recorded pull ${path}`)
  const zipped = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
  return new Response(new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
}
