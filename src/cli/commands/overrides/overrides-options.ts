/** The options of `overrides`, checked. */

import { CommandError, parseOptions } from '../../shared/command.ts'
import { DEFAULT_URL, readTarget, type Target } from '../../shared/target-options.ts'

export const OVERRIDES_HELP = `Usage: bun run overrides pull|push|diff DIR [--url URL] [--all] [--yes]
   or: npm run overrides -- pull|push|diff DIR [--url URL] [--all] [--yes]

Keeps a registry's overrides as files, one DIR/<provider>.json for each provider. The token is read from ADMIN_TOKEN.

  pull   writes the active overrides into DIR; comments in its files stay, and files of providers that have no
         overrides any more are removed if they are as pull writes them
  diff   shows what push would change in the public manifest; exit code 2 when it would change it, 0 when not
  push   shows the same, asks, and sends what differs in one request: all or nothing, one version. Overrides that are
         active but not in the file of their provider are taken back; providers without a file are left alone

  --url URL   where the registry is (default: ${DEFAULT_URL})
  --all       with diff and push: take back the overrides of providers without a file too
  --yes       with push: do not ask
  --help      show this text`

const ACTIONS = ['pull', 'push', 'diff'] as const

export interface OverridesOptions {
  action: (typeof ACTIONS)[number]
  folder: string
  target: Required<Target>
  all: boolean
  yes: boolean
}

/** `undefined` if help was asked for. */
export function readOverridesOptions(args: string[], adminToken: string | undefined): OverridesOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    url: { type: 'string', default: DEFAULT_URL },
    all: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  const [word, folder, ...others] = positionals
  const action = ACTIONS.find((name) => name === word)
  if (action === undefined) throw new CommandError('Cannot run overrides: say pull, push or diff (see --help)')
  if (folder === undefined || others.length > 0)
    throw new CommandError(`Cannot ${action} overrides: name one folder (see --help)`)
  const target = readTarget(`${action} overrides`, values.url, adminToken)
  return { action, folder, target, all: values.all, yes: values.yes }
}
