/** A JSON file, gzipped or not. */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { CommandError } from './command.ts'

export async function readJsonFile(path: string): Promise<unknown> {
  try {
    const bytes = await readFile(path)
    return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
  } catch (error) {
    throw new CommandError(`Cannot read "${path}": ${error instanceof Error ? error.message : 'unknown reason'}`)
  }
}
