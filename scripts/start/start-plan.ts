/** What `npm start` is to do, from its options and settings alone. */
import { badSettings, parseConfig } from '../../src/config.ts'
import { CommandError, parseOptions } from '../command.ts'
import type { SettingName, Settings } from '../settings.ts'

export const START_HELP = `Usage: npm start [-- --empty] [-- --verbose]
   or: bun start [--empty] [--verbose]

Runs the registry on this machine. With AA_API_KEY it pulls from Artificial Analysis, without one it serves a sample.

  --empty     an empty registry in a storage folder of its own
  --verbose   show what wrangler writes
  --help      show this text

Settings, from the environment or .dev.vars: PORT, AA_API_KEY, AA_BASE_URL, AA_TIER, ADMIN_TOKEN, ALLOWED_ORIGINS,
IQ_THRESHOLDS, READ_TOKEN. Without ADMIN_TOKEN one is generated and kept.`

const DEFAULT_PORT = 8787

export type Mode = 'sample' | 'live' | 'empty'

export interface StartOptions {
  empty: boolean
  verbose: boolean
  help: boolean
}

export interface StartPlan {
  mode: Mode
  port: number
  /** Relative to the project, of its own for each mode: samples, real data and tries never mix. */
  storage: string
  vars: WorkerVars
  /** What the operator should know before it starts. */
  notes: string[]
}

type WorkerVars = Partial<Record<Exclude<SettingName, 'PORT'>, string>>

export function readStartOptions(args: string[]): StartOptions {
  const { values, positionals } = parseOptions(args, {
    empty: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (positionals.length > 0)
    throw new CommandError(`Cannot start the registry: unknown argument "${positionals[0]}" (see --help)`)
  return values
}

export function planStart({ empty }: Pick<StartOptions, 'empty'>, settings: Settings): StartPlan {
  const { PORT, ...given } = settings
  const mode = modeOf(empty, given.AA_API_KEY)
  // Without a token that works nothing can be loaded, so a bad ADMIN_TOKEN is an error of its own.
  const { ADMIN_TOKEN: _, ...others } = given
  return {
    mode,
    port: readPort(PORT),
    storage: `.wrangler/registry/${mode}`,
    // The sample has facts that only the Pro shape carries, and its key may read both.
    vars: { ALLOWED_ORIGINS: '*', ...given, ...(mode === 'sample' && { AA_TIER: given.AA_TIER || 'pro' }) },
    notes: [
      ...badSettings(parseConfig(others)).map(({ detail }) => detail),
      ...(empty && given.AA_API_KEY
        ? ['With AA_API_KEY set, the first read of the empty registry starts a pull: AA_TIER=off prevents it']
        : []),
      ...(mode === 'sample' && given.AA_BASE_URL ? ['AA_BASE_URL is not used without AA_API_KEY'] : []),
    ],
  }
}

function modeOf(empty: boolean, apiKey: string | undefined): Mode {
  if (empty) return 'empty'
  return apiKey ? 'live' : 'sample'
}

function readPort(text: string | undefined): number {
  const port = text === undefined || text === '' ? DEFAULT_PORT : Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new CommandError(`Cannot start the registry: PORT is "${text}", not a number from 1 to 65535`)
}
