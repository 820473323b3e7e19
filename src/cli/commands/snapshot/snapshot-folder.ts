/**
 * The folder of a snapshot. Every file is written to a temporary file and renamed, `version.json` last: an interrupted
 * snapshot still has the previous version, and the next one completes it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { VersionId } from '../../../core/schema/history.ts'
import { Catalogue } from '../../../core/schema/model.ts'
import { CommandError } from '../../shared/command.ts'
import { parseJson } from '../../shared/files.ts'

const VERSION_FILE = 'version.json'

/** What the last snapshot left. */
export interface Snapshot {
  id: VersionId
  /** `undefined` if the files do not contain a catalogue. */
  catalogue?: Catalogue
}

/** `undefined` for a folder without one. */
export function readSnapshot(folder: string): Snapshot | undefined {
  const text = readFile(folder, VERSION_FILE)
  if (text === undefined) return undefined
  const id = VersionId.safeParse(parseJson(text))
  if (!id.success)
    throw new CommandError(
      `Cannot read "${join(folder, VERSION_FILE)}": it contains no version (delete the file to start with a first snapshot)`,
    )
  const catalogue = {
    providers: readJson(folder, 'providers.json'),
    models: readJson(folder, 'models.json'),
  }
  // The raw text rather than the parsed one: a key that the schema does not know is part of the content.
  return { id: id.data, ...(Catalogue.safeParse(catalogue).success && { catalogue: catalogue as Catalogue }) }
}

export function readFile(folder: string, name: string): string | undefined {
  const path = join(folder, name)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Writes the files that differ from those in the folder, and returns their names. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<string[]> {
  const changed = Object.entries(files)
    .filter(([name, text]) => readFile(folder, name) !== text)
    .sort(([a], [b]) => Number(a === VERSION_FILE) - Number(b === VERSION_FILE))
  const part = (name: string) => join(folder, `.${name}.part`)
  try {
    if (changed.length > 0) await mkdir(folder, { recursive: true })
    for (const [name, text] of changed) await writeFile(part(name), text)
    for (const [name] of changed) await rename(part(name), join(folder, name))
  } catch (error) {
    for (const [name] of changed) await rm(part(name), { force: true })
    throw new CommandError(`Cannot write into "${folder}": ${error instanceof Error ? error.message : error}`)
  }
  return changed.map(([name]) => name)
}

/** The contents of a folder that is not a snapshot must not be overwritten. */
export function requireOwnFolder(folder: string, files: readonly string[]): void {
  const foreign = files.find((name) => existsSync(join(folder, name)))
  if (foreign !== undefined)
    throw new CommandError(
      `Cannot write into "${folder}": it contains ${foreign} but no ${VERSION_FILE}, so it is not a snapshot folder`,
    )
}

function readJson(folder: string, name: string): unknown {
  return parseJson(readFile(folder, name) ?? '')
}
