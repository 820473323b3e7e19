/** `restore`: sends a backup to an empty registry. */
import { CommandError, defineCommand } from '../shared/command.ts'
import { ADMIN_ENVIRONMENT, adminClient, flag, URL_OPTION } from '../shared/options.ts'
import { createProgress, withProgress } from '../shared/progress.ts'
import type { RegistryClient } from '../shared/registry-client.ts'
import type { Output } from '../shared/terminal.ts'
import { type CheckedBackup, checkBackup } from './restore/check-backup.ts'
import { type Restored, sendBackup, wipeRestore } from './restore/send-backup.ts'

/** The registry accepts up to 16 MB, but has several copies of a part in memory, in an isolate of 128 MB. */
const PART_BYTES = 4_000_000

const WIPE_HINT = 'If an earlier restore is unfinished, use --wipe to delete its data and start again.'

export const restore = defineCommand({
  description: `Sends a backup to an empty registry, after checking that it is complete. A registry in use is never wiped or
overwritten.`,
  arguments: { file: { description: 'a file written by backup, compressed or not' } },
  options: {
    url: URL_OPTION,
    wipe: flag('first delete the data of an unfinished restore'),
  },
  environment: ADMIN_ENVIRONMENT,
  examples: ['registry.ndjson.gz --url https://registry.example.com'],
  async run({ args: { file }, values: { url, wipe } }, context) {
    const { output, notes } = context
    const client = adminClient('restore', url, context)
    const checked = await checkBackup(file, PART_BYTES)
    const { exportedAt, seq } = checked.header
    output.write(
      `${file} is complete: ${checked.lines} lines, the history up to commit ${seq}, exported ${exportedAt}\n`,
    )
    if (wipe) output.write(`${await wipeRestore(client)}\n`)
    const restored = await send(client, file, checked, notes).catch((error) => {
      throw error instanceof CommandError && !wipe ? new CommandError(`${error.message}\n${WIPE_HINT}`) : error
    })
    const current = restored.version
      ? `${restored.version} is current, commit ${restored.seq}`
      : 'the registry is empty'
    output.write(`Restored to ${client.url}: ${current}\n`)
    return 0
  },
})

function send(client: RegistryClient, file: string, checked: CheckedBackup, notes: Output): Promise<Restored> {
  const onRetry = (reason: string) => notes.write(`${reason}\n`)
  return withProgress(createProgress(checked.parts, notes), (progress) =>
    sendBackup(client, file, checked, { partBytes: PART_BYTES, progress, onRetry }),
  )
}
