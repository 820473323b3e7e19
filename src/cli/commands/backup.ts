/** `backup`: writes everything that a registry stores into a file. */
import { CommandError, defineCommand } from '../shared/command.ts'
import { ADMIN_ENVIRONMENT, adminClient, flag, URL_OPTION } from '../shared/options.ts'
import { createTransferProgress, withProgress } from '../shared/progress.ts'
import { megabytes } from '../shared/table.ts'
import { writeBackup } from './backup/write-backup.ts'

export const backup = defineCommand({
  description: `Writes everything that a registry stores to a file, and checks that the file is complete. The file is readable only
by its owner: it contains the overrides with their notes and authors, and responses of sources.`,
  arguments: { file: { description: 'the file to write, compressed if its name ends in .gz' } },
  options: {
    url: URL_OPTION,
    payloads: flag('include the responses of every pull, not only those that the registry still needs'),
    force: flag('replace the file if it exists'),
  },
  environment: ADMIN_ENVIRONMENT,
  examples: ['registry.ndjson.gz --url https://registry.example.com'],
  async run({ args: { file }, values: { url, ...options } }, context) {
    const client = adminClient('back up', url, context)
    const signal = context.stopSignal()
    const { header, lines, bytes } = await withProgress(createTransferProgress(context.notes), (progress) =>
      writeBackup(client, { file, ...options }, progress, signal),
    ).catch((error) => {
      throw signal.aborted ? new CommandError(`Stopped: "${file}" was not written`) : error
    })
    const what = `${lines} lines, ${megabytes(bytes)} MB, the history up to commit ${header.seq}`
    context.output.write(`Wrote ${file}, which is complete: ${what}\n`)
    return 0
  },
})
