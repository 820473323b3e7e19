/**
 * Checks a backup as it is streamed: a header first, and at the end a closing line whose count and digest match all
 * lines before it. Rows are checked by the registry that restores them.
 */
import {
  BACKUP_FORMAT,
  BACKUP_FORMAT_VERSION,
  type BackupHeader,
  BackupLine,
  linkOf,
} from '../../../core/records/backup-format.ts'
import { CommandError } from '../../shared/command.ts'
import { parseJson } from '../../shared/files.ts'
import { sha256 } from '../../shared/sha256.ts'

export class BackupCheck {
  #header: BackupHeader | undefined
  #link = ''
  #lines = 0
  /** The newest line: whether it is the closing line, which is not linked, is known only at the end. */
  #newest: string | undefined

  get lines(): number {
    return this.#lines
  }

  take(line: string): void {
    if (this.#newest !== undefined) {
      this.#link = linkOf(this.#link, this.#newest, sha256)
      this.#lines++
    }
    this.#header ??= readHeader(line)
    this.#newest = line
  }

  /** Call at the end. Returns the header if the backup is complete. */
  end(): BackupHeader {
    const closing = this.#newest === undefined ? undefined : parseLine(this.#newest)
    if (!this.#header || !closing || !('digest' in closing))
      throw new CommandError('Cannot read the backup: it is truncated, without a closing line')
    if (closing.lines !== this.#lines || closing.digest !== this.#link)
      throw new CommandError(
        `Cannot read the backup: it is damaged: its closing line does not match the ${this.#lines} lines before it`,
      )
    return this.#header
  }
}

function readHeader(line: string): BackupHeader {
  const header = parseLine(line)
  if (!header || !('format' in header) || header.format !== BACKUP_FORMAT)
    throw new CommandError(`Cannot read the backup: its first line is not a header of the format "${BACKUP_FORMAT}"`)
  if (header.formatVersion > BACKUP_FORMAT_VERSION)
    throw new CommandError(
      `Cannot read the backup: its format version ${header.formatVersion} is newer than ${BACKUP_FORMAT_VERSION}`,
    )
  return header
}

function parseLine(line: string): BackupLine | undefined {
  return BackupLine.safeParse(parseJson(line)).data
}
