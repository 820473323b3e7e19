/** The options of `replay`, checked. */

import { CommandError, parseOptions } from '../../shared/command.ts'
import { DEFAULT_URL, readTarget } from '../../shared/target-options.ts'

export const REPLAY_HELP = `Usage: bun run replay DIR [--url URL] [--force]
   or: npm run replay -- DIR [--url URL] [--force]

Sends the recorded pulls in DIR (.json or .json.gz, each { fetchedAt, pages }) to a registry, oldest first.
The token is read from ADMIN_TOKEN. Run again, it goes on where it stopped.

  --url URL   where the registry is (default: ${DEFAULT_URL})
  --force     skip the guard against pulls that lost much of their data
  --help      show this text`

export interface ReplayOptions {
  directory: string
  url: string
  token: string
  force: boolean
}

/** `undefined` if help was asked for. */
export function readReplayOptions(args: string[], adminToken: string | undefined): ReplayOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    url: { type: 'string', default: DEFAULT_URL },
    force: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  const [directory, ...others] = positionals
  if (directory === undefined || others.length > 0)
    throw new CommandError('Cannot replay: name one directory of recorded pulls (see --help)')
  return { directory, ...readTarget('replay', values.url, adminToken), force: values.force }
}
