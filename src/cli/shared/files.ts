/** Files that commands read: JSON, gzipped or not, and folders of them. */
import { readdir, readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { CommandError } from './command.ts'

export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return parseJsonBytes(path, await readFile(path))
  } catch (error) {
    throw new CommandError(`Cannot read "${path}": ${error instanceof Error ? error.message : 'unknown reason'}`)
  }
}

/** Decompressed if the name of the file ends in `.gz`. Throws if it is not JSON. */
export function parseJsonBytes(path: string, bytes: Buffer): unknown {
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
}

/** `undefined` if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The names of the files in a folder that match, sorted. */
export async function listFiles(folder: string, pattern: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory() && pattern.test(entry.name))
  return files.map(({ name }) => name).sort()
}

/** The reason of an error of the file system; `kind` is what was expected at the path. */
export function fileReason(error: unknown, kind: 'file' | 'folder' | 'directory'): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return `no such ${kind}`
  if (code === 'ENOTDIR' || code === 'EEXIST') return `not a ${kind}`
  return error instanceof Error ? error.message : 'it cannot be accessed'
}
