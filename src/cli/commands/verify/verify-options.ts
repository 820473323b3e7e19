/** The options of `verify`, checked. */
import { parseConfig } from '../../../config.ts'
import { CommandError, parseOptions } from '../../shared/command.ts'
import { DEFAULT_URL, readUrl, type Target } from '../../shared/target-options.ts'

const DEFAULT_SAMPLE = '20'

export const VERIFY_HELP = `Usage: bun run verify [--url URL] [--all] [--sample N]
   or: npm run verify -- [--url URL] [--all] [--sample N]

Reads the history of a registry to its first row and checks the chain of its rows, then the content of some versions
against the digests that name them. A registry whose reads are not public is read with READ_TOKEN or ADMIN_TOKEN.

  --url URL    where the registry is (default: ${DEFAULT_URL})
  --sample N   check the content of N versions, taken at random (default: ${DEFAULT_SAMPLE})
  --all        check the content of every version
  --help       show this text`

export interface VerifyOptions {
  target: Target
  /** How many versions to read; infinity for all. */
  sample: number
}

/** `undefined` if help was asked for. */
export function readVerifyOptions(
  args: string[],
  tokens: { READ_TOKEN?: string; ADMIN_TOKEN?: string },
): VerifyOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    url: { type: 'string', default: DEFAULT_URL },
    sample: { type: 'string', default: DEFAULT_SAMPLE },
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  if (positionals.length > 0) throw new CommandError(`Cannot verify: unknown argument "${positionals[0]}" (see --help)`)
  const sample = /^\d+$/.test(values.sample) ? Number(values.sample) : undefined
  if (sample === undefined) throw new CommandError(`Cannot verify a sample of "${values.sample}": not a whole number`)
  const { readTokens, adminTokens } = parseConfig(tokens)
  if (!readTokens.ok) throw new CommandError(readTokens.failure.detail)
  if (!adminTokens.ok) throw new CommandError(adminTokens.failure.detail)
  const token = (readTokens.value[0] ?? adminTokens.value[0])?.token
  return {
    target: { url: readUrl('verify', values.url), ...(token !== undefined && { token }) },
    sample: values.all ? Number.POSITIVE_INFINITY : sample,
  }
}
