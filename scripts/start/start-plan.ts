/** What `npm start` is to do, from its options and settings alone. */

import { CommandError } from '../../src/cli/shared/command.ts'
import { badSettings, parseConfig } from '../../src/config.ts'
import { BOARDS_OFF, type SettingName, type Settings } from '../shared/settings.ts'

const DEFAULT_PORT = 8787

export type Mode = 'sample' | 'live' | 'models.dev' | 'empty'

export interface StartOptions {
  source?: string
  empty: boolean
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

export function checkStartOptions({ source, empty }: StartOptions): void {
  if (source !== undefined && source !== 'models.dev')
    throw new CommandError(`Cannot start the registry: unknown source "${source}", there is "models.dev"`)
  if (source !== undefined && empty)
    throw new CommandError('Cannot start the registry: --empty and --source exclude each other')
}

export function planStart(options: StartOptions, settings: Settings): StartPlan {
  const { PORT, ...given } = settings
  const mode = modeOf(options, given.AA_API_KEY)
  // Without a token that works nothing can be loaded, so a bad ADMIN_TOKEN is an error of its own.
  const { ADMIN_TOKEN: _, ...others } = given
  return {
    mode,
    port: readPort(PORT),
    storage: `.wrangler/registry/${mode}`,
    vars: { ALLOWED_ORIGINS: '*', ...sourcesOf(mode), ...given, ...tierOf(mode, given.AA_TIER) },
    notes: [
      ...badSettings(parseConfig(others)).map(({ detail }) => detail),
      ...(mode === 'empty' && [given.AA_API_KEY, given.MODELS_DEV_URL, given.EPOCH_URL, given.ARENA_URL].some(Boolean)
        ? [
            'The first read of the empty registry starts a pull, unless AA_API_KEY and the URLs of the sources are empty',
          ]
        : []),
      ...(mode === 'sample' && given.AA_BASE_URL ? ['AA_BASE_URL is not used without AA_API_KEY'] : []),
    ],
  }
}

function modeOf({ empty, source }: StartOptions, apiKey: string | undefined): Mode {
  if (empty) return 'empty'
  if (source !== undefined) return 'models.dev'
  return apiKey ? 'live' : 'sample'
}

/** The open sources need no key: unless one is named, an empty registry stays empty and a sample reaches no network. */
function sourcesOf(mode: Mode): Pick<WorkerVars, 'MODELS_DEV_URL' | 'EPOCH_URL' | 'ARENA_URL'> {
  if (mode === 'live') return {}
  return mode === 'empty' ? { MODELS_DEV_URL: '', ...BOARDS_OFF } : BOARDS_OFF
}

/** The sample has facts that only the Pro shape carries, and its key may read both. */
function tierOf(mode: Mode, given: string | undefined): Pick<WorkerVars, 'AA_TIER'> {
  if (mode === 'models.dev') return { AA_TIER: 'off' }
  return mode === 'sample' ? { AA_TIER: given || 'pro' } : {}
}

function readPort(text: string | undefined): number {
  const port = text === undefined || text === '' ? DEFAULT_PORT : Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new CommandError(`Cannot start the registry: PORT is "${text}", not a number from 1 to 65535`)
}
