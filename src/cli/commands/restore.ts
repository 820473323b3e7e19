/** The whole of `restore` but for the process around it: options in, an exit code and what to print out. */
import { CommandError } from '../shared/command.ts'
import { createProgress, type Output } from '../shared/terminal.ts'
import { type CheckedBackup, checkBackup } from './restore/check-backup.ts'
import { RESTORE_HELP, type RestoreOptions, readRestoreOptions } from './restore/restore-options.ts'
import { type Restored, sendBackup, wipeRestore } from './restore/send-backup.ts'

/** The registry takes up to 16 MB, but holds a part several times over, in an isolate that has 128 MB. */
const PART_BYTES = 4_000_000

const WIPE_HINT = 'If an unfinished restore is in the way, --wipe wipes what it took and begins again.'

export async function runRestore(args: string[], adminToken: string | undefined, output: Output): Promise<number> {
  const options = readRestoreOptions(args, adminToken)
  if (options === undefined) {
    output.write(`${RESTORE_HELP}\n`)
    return 0
  }
  const { file, target, wipe } = options
  const backup = await checkBackup(file, PART_BYTES)
  const { exportedAt, seq } = backup.header
  output.write(`${file} is whole: ${backup.lines} lines, the history up to row ${seq}, exported ${exportedAt}\n`)
  if (wipe) output.write(`${await wipeRestore(target)}\n`)
  const restored = await restore(options, backup, output)
  const current = restored.version ? `${restored.version} is current, row ${restored.seq}` : 'it is an empty registry'
  output.write(`Restored to ${target.url}: ${current}\n`)
  return 0
}

async function restore(options: RestoreOptions, backup: CheckedBackup, output: Output): Promise<Restored> {
  const progress = createProgress(backup.parts, output)
  const onRetry = (reason: string) => output.write(`${reason}\n`)
  try {
    return await sendBackup(options, backup, { partBytes: PART_BYTES, progress, onRetry })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new CommandError(`${error.message}\n${WIPE_HINT}`)
  } finally {
    progress.end()
  }
}
