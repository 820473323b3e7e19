/** The options of `snapshot`, checked. */
import { parseConfig } from '../../../config.ts'
import { CommandError, parseOptions } from '../../shared/command.ts'
import { DEFAULT_URL, readUrl, type Target } from '../../shared/target-options.ts'

const DEFAULT_FOLDER = 'public'

export const SNAPSHOT_HELP = `Usage: bun run snapshot [--url URL] [--out DIR]
   or: npm run snapshot -- [--url URL] [--out DIR]

Writes what a registry serves now into DIR as files that read well, and in git diff well: version.json, providers.json,
models.json (one model a line), CHANGES.md (what changed since the last snapshot, newest first) and README.md. When
nothing has changed, nothing is written. A registry whose reads are not public is read with READ_TOKEN.

  --url URL   where the registry is (default: ${DEFAULT_URL})
  --out DIR   the folder of the snapshot (default: ${DEFAULT_FOLDER})
  --help      show this text`

export interface SnapshotOptions {
  target: Target
  folder: string
}

/** `undefined` if help was asked for. */
export function readSnapshotOptions(args: string[], tokens: { READ_TOKEN?: string }): SnapshotOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    url: { type: 'string', default: DEFAULT_URL },
    out: { type: 'string', default: DEFAULT_FOLDER },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  if (positionals.length > 0)
    throw new CommandError(`Cannot write a snapshot: unknown argument "${positionals[0]}" (see --help)`)
  const { readTokens } = parseConfig({ READ_TOKEN: tokens.READ_TOKEN })
  if (!readTokens.ok) throw new CommandError(readTokens.failure.detail)
  const token = readTokens.value[0]?.token
  return {
    target: { url: readUrl('write a snapshot', values.url), ...(token !== undefined && { token }) },
    folder: values.out,
  }
}
