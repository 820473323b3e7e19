/** `restore`: reads a backup into an empty registry. */
import { CommandError, defineCommand } from '../shared/command.ts'
import { adminClient, DEFAULT_URL, FLAG, readArgument, URL_OPTION } from '../shared/options.ts'
import { createProgress, withProgress } from '../shared/progress.ts'
import type { RegistryClient } from '../shared/registry-client.ts'
import type { Output } from '../shared/terminal.ts'
import { type CheckedBackup, checkBackup } from './restore/check-backup.ts'
import { type Restored, sendBackup, wipeRestore } from './restore/send-backup.ts'

const HELP = `Usage: bun run restore FILE [--url URL] [--wipe]
   or: npm run restore -- FILE [--url URL] [--wipe]

Reads a backup, compressed or not, into an empty registry, once it is known to be whole. The token is read from
ADMIN_TOKEN.

  --url URL   where the registry is (default: ${DEFAULT_URL})
  --wipe      first wipe what an unfinished restore has left; a registry in use is never wiped
  --help      show this text`

/** The registry takes up to 16 MB, but holds a part several times over, in an isolate that has 128 MB. */
const PART_BYTES = 4_000_000

const WIPE_HINT = 'If an unfinished restore is in the way, --wipe wipes what it took and begins again.'

export const restore = defineCommand({
  help: HELP,
  options: { url: URL_OPTION, wipe: FLAG },
  async run({ values: { url, wipe }, positionals }, { env, output }) {
    const file = readArgument('restore', positionals)
    const client = adminClient('restore', url, env)
    const checked = await checkBackup(file, PART_BYTES)
    const { exportedAt, seq } = checked.header
    output.write(`${file} is whole: ${checked.lines} lines, the history up to commit ${seq}, exported ${exportedAt}\n`)
    if (wipe) output.write(`${await wipeRestore(client)}\n`)
    const restored = await send(client, file, checked, output)
    const current = restored.version
      ? `${restored.version} is current, commit ${restored.seq}`
      : 'it is an empty registry'
    output.write(`Restored to ${client.url}: ${current}\n`)
    return 0
  },
})

function send(client: RegistryClient, file: string, checked: CheckedBackup, output: Output): Promise<Restored> {
  const onRetry = (reason: string) => output.write(`${reason}\n`)
  return withProgress(createProgress(checked.parts, output), (progress) =>
    sendBackup(client, file, checked, { partBytes: PART_BYTES, progress, onRetry }),
  ).catch((error) => {
    throw error instanceof CommandError ? new CommandError(`${error.message}\n${WIPE_HINT}`) : error
  })
}
