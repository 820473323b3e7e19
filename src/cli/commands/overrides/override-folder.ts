/** A folder of override files, one `<provider>.json` for each provider. Other files and folders in it are not changed. */

import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { groupBy } from '../../../core/group-by.ts'
import type { KeyedOverride } from '../../../core/overrides/override-schema.ts'
import { CommandError } from '../../shared/command.ts'
import { fileReason, listFiles } from '../../shared/files.ts'
import { type Complaints, formatOverrideFile, type OverrideFile, parseOverrideFile } from './override-file.ts'

/** Reports all errors before anything is sent. */
export async function readOverrideFolder(folder: string): Promise<OverrideFile[]> {
  const files: OverrideFile[] = []
  const complaints: string[] = []
  for (const name of await listNames(folder)) {
    const read = parseNamed(name, await readFile(join(folder, name), 'utf8'))
    if ('complaints' in read)
      complaints.push(...read.complaints.map((complaint) => complaintAbout(folder, name, complaint)))
    else files.push(read)
  }
  if (complaints.length > 0) throw new CommandError(complaints.join('\n'))
  return files
}

/** The files that can be read: a pull leaves the others as they are. */
export async function readSoundFiles(folder: string): Promise<OverrideFile[]> {
  const files: OverrideFile[] = []
  for (const name of existsSync(folder) ? await listNames(folder) : []) {
    const read = parseNamed(name, await readFile(join(folder, name), 'utf8'))
    if (!('complaints' in read)) files.push(read)
  }
  return files
}

export interface Written {
  name: string
  /** `kept`: the file of a provider without overrides that was changed by hand. */
  fate: 'written' | 'unchanged' | 'removed' | 'kept'
}

/** Writes these overrides to the folder. Comments are kept; other files are never overwritten. */
export async function writeOverrideFolder(folder: string, overrides: readonly KeyedOverride[]): Promise<Written[]> {
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw new CommandError(`Cannot write to "${folder}": ${fileReason(error, 'folder')}`)
  })
  const old = new Map<string, string>()
  for (const name of await listNames(folder)) old.set(name, await readFile(join(folder, name), 'utf8'))
  const texts = newTexts(folder, overrides, old)
  const written: Written[] = []
  for (const [name, text] of texts) {
    const isNew = old.get(name) !== text
    if (isNew) await writeFile(join(folder, name), text)
    written.push({ name, fate: isNew ? 'written' : 'unchanged' })
  }
  for (const [name, text] of old) {
    if (texts.has(name)) continue
    const isOurs = isAsWritten(name, text)
    if (isOurs) await rm(join(folder, name))
    written.push({ name, fate: isOurs ? 'removed' : 'kept' })
  }
  return written
}

/** In bytes, on nearly all file systems. */
const MAX_FILE_NAME = 255

function newTexts(
  folder: string,
  overrides: readonly KeyedOverride[],
  old: ReadonlyMap<string, string>,
): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [provider, group] of groupBy(overrides, (override) => override.provider)) {
    const name = fileNameOf(provider)
    if (name.length > MAX_FILE_NAME)
      throw new CommandError(
        `Cannot write the overrides of provider "${provider}": its file would have a name of ${name.length} characters, more than ${MAX_FILE_NAME}\nNothing was written.`,
      )
    const before = old.get(name)
    const file = before === undefined ? undefined : parseNamed(name, before)
    if (file && 'complaints' in file)
      throw new CommandError(
        `${complaintAbout(folder, name, file.complaints[0] ?? 'unknown reason')}\nNothing was written.`,
      )
    texts.set(name, formatOverrideFile({ comment: file?.comment, overrides: group }))
  }
  return texts
}

function isAsWritten(name: string, text: string): boolean {
  const file = parseNamed(name, text)
  return !('complaints' in file) && formatOverrideFile(file) === text
}

const EXTENSION = '.json'

/** Device names of Windows, with any extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/

/**
 * A provider can contain characters that a file name cannot. A leading dot would hide the file, and many file systems ignore
 * case, so capitals are escaped too.
 */
export function fileNameOf(provider: string): string {
  return (
    encodeURIComponent(provider)
      // Not those of an escape.
      .replace(/%..|[A-Z*]|^\./g, (text) => (text.startsWith('%') ? text : escapeOf(text)))
      .replace(RESERVED, (name) => escapeOf(name.charAt(0)) + name.slice(1)) + EXTENSION
  )
}

const escapeOf = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

function parseNamed(name: string, text: string): OverrideFile | Complaints {
  const provider = decode(name.slice(0, -EXTENSION.length))
  if (provider !== undefined && fileNameOf(provider) === name) return parseOverrideFile(provider, text)
  return {
    complaints: [`its name is not that of a provider's file${provider ? `: expected "${fileNameOf(provider)}"` : ''}`],
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await listFiles(folder, /^[^.].*\.json$/)
  } catch (error) {
    throw new CommandError(`Cannot read the folder "${folder}": ${fileReason(error, 'folder')}`)
  }
}

const complaintAbout = (folder: string, name: string, complaint: string): string =>
  `Cannot read "${join(folder, name)}": ${complaint}`
