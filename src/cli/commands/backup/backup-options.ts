/** The options of `backup`, checked. */
import { parseOptions } from '../../shared/command.ts'
import { DEFAULT_URL, readFileName, readTarget, type Target } from '../../shared/target-options.ts'

export const BACKUP_HELP = `Usage: bun run backup FILE [--url URL] [--payloads] [--force]
   or: npm run backup -- FILE [--url URL] [--payloads] [--force]

Writes everything a registry remembers into FILE, compressed if its name ends in .gz, and checks that it is whole.
The token is read from ADMIN_TOKEN.

  --url URL    where the registry is (default: ${DEFAULT_URL})
  --payloads   with the pages of every pull, not of the newest only
  --force      replace FILE if it is there
  --help       show this text`

export interface BackupOptions {
  file: string
  target: Required<Target>
  payloads: boolean
  force: boolean
}

/** `undefined` if help was asked for. */
export function readBackupOptions(args: string[], adminToken: string | undefined): BackupOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    url: { type: 'string', default: DEFAULT_URL },
    payloads: { type: 'boolean', default: false },
    force: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  const file = readFileName('back up', positionals)
  return { file, target: readTarget('back up', values.url, adminToken), payloads: values.payloads, force: values.force }
}
