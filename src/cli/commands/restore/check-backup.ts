/** Reads a backup file to its end, so that nothing of a truncated or altered one is sent. */
import type { BackupHeader } from '../../../core/records/backup-format.ts'
import { BackupCheck } from '../backup/backup-check.ts'
import { partsOf } from './parts.ts'
import { readBackup } from './read-backup.ts'

export interface CheckedBackup {
  header: BackupHeader
  lines: number
  parts: number
}

export async function checkBackup(file: string, partBytes: number): Promise<CheckedBackup> {
  const check = new BackupCheck()
  let parts = 0
  for await (const _part of partsOf(checkedLines(readBackup(file), check), partBytes)) parts++
  return { header: check.end(), lines: check.lines + 1, parts }
}

async function* checkedLines(batches: AsyncIterable<string[]>, check: BackupCheck): AsyncGenerator<string[]> {
  for await (const lines of batches) {
    for (const line of lines) check.take(line)
    yield lines
  }
}
