/** The whole of `backup` but for the process around it: options in, an exit code and what to print out. */
import { CommandError } from '../shared/command.ts'
import type { Output } from '../shared/terminal.ts'
import { createTransferProgress, megabytes } from '../shared/transfer-progress.ts'
import { BACKUP_HELP, readBackupOptions } from './backup/backup-options.ts'
import { writeBackup } from './backup/write-backup.ts'

export async function runBackup(
  args: string[],
  adminToken: string | undefined,
  output: Output,
  signal?: AbortSignal,
): Promise<number> {
  const options = readBackupOptions(args, adminToken)
  if (options === undefined) {
    output.write(`${BACKUP_HELP}\n`)
    return 0
  }
  const progress = createTransferProgress(output)
  try {
    const { header, lines, bytes } = await writeBackup(options, progress, signal)
    progress.end()
    const what = `${lines} lines, ${megabytes(bytes)}, the history up to row ${header.seq}`
    output.write(`Wrote ${options.file}, which is whole: ${what}\n`)
    return 0
  } catch (error) {
    progress.end()
    if (signal?.aborted) throw new CommandError(`Stopped: "${options.file}" was not written`)
    throw error
  }
}
