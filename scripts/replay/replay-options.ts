/** The options of `replay`, checked. */
import { firstAdminToken } from '../admin-token.ts'
import { CommandError, parseOptions } from '../command.ts'

export const REPLAY_HELP = `Usage: bun run replay DIR [--url URL] [--force]
   or: npm run replay -- DIR [--url URL] [--force]

Sends the recorded pulls in DIR (.json or .json.gz, each { fetchedAt, pages }) to a registry, oldest first.
The token is read from ADMIN_TOKEN. Run again, it goes on where it stopped.

  --url URL   where the registry is (default: http://localhost:8787)
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
    url: { type: 'string', default: 'http://localhost:8787' },
    force: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  const [directory, ...others] = positionals
  if (directory === undefined || others.length > 0)
    throw new CommandError('Cannot replay: name one directory of recorded pulls (see --help)')
  const url = readUrl(values.url)
  const token = firstAdminToken(adminToken)
  if (token === undefined) throw new CommandError('Cannot replay: set ADMIN_TOKEN to a token of the registry')
  return { directory, url, token, force: values.force }
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url.origin
  throw new CommandError(`Cannot replay to "${text}": not a URL such as http://localhost:8787`)
}
