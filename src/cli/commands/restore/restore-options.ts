/** The options of `restore`, checked. */
import { parseOptions } from '../../shared/command.ts'
import { DEFAULT_URL, readFileName, readTarget, type Target } from '../../shared/target-options.ts'

export const RESTORE_HELP = `Usage: bun run restore FILE [--url URL] [--wipe]
   or: npm run restore -- FILE [--url URL] [--wipe]

Reads a backup, compressed or not, into an empty registry, once it is known to be whole. The token is read from
ADMIN_TOKEN.

  --url URL   where the registry is (default: ${DEFAULT_URL})
  --wipe      first wipe what an unfinished restore has left; a registry in use is never wiped
  --help      show this text`

export interface RestoreOptions {
  file: string
  target: Required<Target>
  wipe: boolean
}

/** `undefined` if help was asked for. */
export function readRestoreOptions(args: string[], adminToken: string | undefined): RestoreOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    url: { type: 'string', default: DEFAULT_URL },
    wipe: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  const file = readFileName('restore', positionals)
  return { file, target: readTarget('restore', values.url, adminToken), wipe: values.wipe }
}
