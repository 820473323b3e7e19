/**
 * Streams an export into a file and checks it on the way. It is written to a temporary file and renamed when it is
 * complete, so that a file with the final name is never a partial backup.
 */
import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { BackupHeader } from '../../../core/records/backup-format.ts'
import { CommandError } from '../../shared/command.ts'
import type { Progress } from '../../shared/progress.ts'
import { type RegistryClient, refusalOf } from '../../shared/registry-client.ts'
import { megabytes } from '../../shared/table.ts'
import { BackupCheck } from './backup-check.ts'
import { wholeLines } from './whole-lines.ts'

/** A backup contains authors, and responses of sources whose terms restrict who may read them. */
const OWNER_ONLY = 0o600

export interface WrittenBackup {
  header: BackupHeader
  lines: number
  /** Before compression. */
  bytes: number
}

export interface BackupOptions {
  file: string
  /** Of every pull, not only of the newest. */
  payloads: boolean
  /** Whether to replace the file. */
  force: boolean
}

export async function writeBackup(
  client: RegistryClient,
  { file, payloads, force }: BackupOptions,
  progress: Progress,
  signal?: AbortSignal,
): Promise<WrittenBackup> {
  if (!force && existsSync(file))
    throw new CommandError(`Cannot write "${file}": it already exists (use --force to replace it)`)
  const response = await client.request(`/v1/admin/export${payloads ? '?payloads=true' : ''}`, { signal })
  if (!response.ok) throw new CommandError(`Cannot back up: ${await refusalOf(response)}`)
  if (!response.headers.get('content-type')?.includes('ndjson'))
    throw new CommandError(`Cannot back up: ${client.url} is not a registry: its response is not an export`)
  const part = `${file}.part`
  try {
    // An existing file would keep its mode.
    await rm(part, { force: true })
    let written: WrittenBackup | undefined
    const texts = checkedTexts(client.chunksOf(response), progress, (whole) => {
      written = whole
    })
    if (file.endsWith('.gz')) await pipeline(texts, createGzip(), createWriteStream(part, { mode: OWNER_ONLY }))
    else await pipeline(texts, createWriteStream(part, { mode: OWNER_ONLY }))
    await rename(part, file)
    if (!written) throw new Error('The backup was written without being checked')
    return written
  } catch (error) {
    await rm(part, { force: true })
    throw fileError(file, error)
  }
}

/** The text of a backup as it is received. Throws at the end unless it is complete. */
async function* checkedTexts(
  chunks: AsyncIterable<Uint8Array>,
  progress: Progress,
  onEnd: (written: WrittenBackup) => void,
): AsyncGenerator<string> {
  const check = new BackupCheck()
  let bytes = 0
  for await (const lines of wholeLines(chunks)) {
    for (const line of lines) check.take(line)
    const text = `${lines.join('\n')}\n`
    bytes += Buffer.byteLength(text)
    progress.step(`${megabytes(bytes)} MB, ${check.lines} lines`)
    yield text
  }
  onEnd({ header: check.end(), lines: check.lines + 1, bytes })
}

/** The user can fix errors of the file system. */
function fileError(file: string, error: unknown): unknown {
  const isOfFile = error instanceof Error && 'syscall' in error && !(error instanceof CommandError)
  return isOfFile ? new CommandError(`Cannot write "${file}": ${error.message}`) : error
}
