/** `backup`: writes everything that a registry remembers into a file. */
import { CommandError, defineCommand } from '../shared/command.ts'
import { adminClient, DEFAULT_URL, FLAG, readArgument, URL_OPTION } from '../shared/options.ts'
import { createTransferProgress, withProgress } from '../shared/progress.ts'
import { megabytes } from '../shared/table.ts'
import { writeBackup } from './backup/write-backup.ts'

const HELP = `Usage: bun run backup FILE [--url URL] [--payloads] [--force]
   or: npm run backup -- FILE [--url URL] [--payloads] [--force]

Writes everything a registry remembers into FILE, compressed if its name ends in .gz, and checks that it is whole.
The token is read from ADMIN_TOKEN.

  --url URL    where the registry is (default: ${DEFAULT_URL})
  --payloads   with the replies of every pull, not only of those that the registry still needs
  --force      replace FILE if it exists
  --help       show this text`

export const backup = defineCommand({
  help: HELP,
  options: { url: URL_OPTION, payloads: FLAG, force: FLAG },
  async run({ values: { url, ...options }, positionals }, { env, output, stopSignal }) {
    const file = readArgument('back up', positionals)
    const client = adminClient('back up', url, env)
    const signal = stopSignal()
    const { header, lines, bytes } = await withProgress(createTransferProgress(output), (progress) =>
      writeBackup(client, { file, ...options }, progress, signal),
    ).catch((error) => {
      throw signal.aborted ? new CommandError(`Stopped: "${file}" was not written`) : error
    })
    const what = `${lines} lines, ${megabytes(bytes)} MB, the history up to commit ${header.seq}`
    output.write(`Wrote ${file}, which is whole: ${what}\n`)
    return 0
  },
})
