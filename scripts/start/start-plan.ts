/** The plan of `npm start`, from its options and settings, and from whether a source can be reached. */

import { CommandError } from '../../src/cli/shared/command.ts'
import { badSettings, parseConfig } from '../../src/config.ts'
import { SAMPLE_DAYS } from '../sample/sample-days.ts'
import { BOARDS_OFF, type SettingName, type Settings } from '../shared/settings.ts'

const DEFAULT_PORT = 8787

export type Mode = 'sample' | 'live' | 'empty'

export interface StartOptions {
  sample: boolean
  empty: boolean
}

/** What is known before the registry starts. */
export interface Surroundings {
  /** Whether any enabled source responds. */
  isReachable: boolean
  /** Whether an earlier start left real data. */
  hasLiveData: boolean
}

export interface StartPlan {
  mode: Mode
  port: number
  /** Relative to the project; separate for each mode, so that the sample, real data and experiments never mix. */
  storage: string
  vars: WorkerVars
  /** What the operator should know before it starts. */
  notes: string[]
}

type WorkerVars = Partial<Record<Exclude<SettingName, 'PORT'>, string>>

export const storageOf = (mode: Mode): string => `.wrangler/registry/${mode}`

export function checkStartOptions({ sample, empty }: StartOptions): void {
  if (sample && empty) throw new CommandError('Cannot start the registry: --empty and --sample are mutually exclusive')
}

export function planStart(options: StartOptions, settings: Settings, surroundings: Surroundings): StartPlan {
  const { PORT, ...given } = settings
  const mode = modeOf(options, surroundings)
  // Without a valid token nothing can be loaded, so an invalid ADMIN_TOKEN is a separate error.
  const { ADMIN_TOKEN: _, ...others } = given
  return {
    mode,
    port: readPort(PORT),
    storage: storageOf(mode),
    vars: { ALLOWED_ORIGINS: '*', ...varsOf(mode, given) },
    notes: [
      ...badSettings(parseConfig(others)).map(({ detail }) => detail),
      ...notesOf(mode, options, surroundings),
      ...(mode === 'empty' && [given.AA_API_KEY, given.MODELS_DEV_URL, given.EPOCH_URL, given.ARENA_URL].some(Boolean)
        ? [
            'The first read of the empty registry starts a pull: unset AA_API_KEY and the URLs of the sources to prevent it',
          ]
        : []),
    ],
  }
}

function modeOf({ sample, empty }: StartOptions, { isReachable, hasLiveData }: Surroundings): Mode {
  if (empty) return 'empty'
  return !sample && (isReachable || hasLiveData) ? 'live' : 'sample'
}

function notesOf(mode: Mode, { sample }: StartOptions, { isReachable }: Surroundings): string[] {
  if (sample || isReachable) return []
  if (mode === 'sample')
    return [`No source can be reached: serving the sample of ${SAMPLE_DAYS.last} that comes with the project`]
  return mode === 'live' ? ['No source can be reached: serving what was pulled before'] : []
}

/** An empty registry stays empty unless the URL of a source is set. The sample has its own sources, which need no key. */
function varsOf(mode: Mode, given: WorkerVars): WorkerVars {
  if (mode === 'live') return given
  if (mode === 'empty') return { MODELS_DEV_URL: '', ...BOARDS_OFF, ...given }
  const { AA_API_KEY: _, AA_BASE_URL: __, ...others } = given
  return { ...others, ...BOARDS_OFF, AA_TIER: 'off' }
}

function readPort(text: string | undefined): number {
  const port = text === undefined || text === '' ? DEFAULT_PORT : Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new CommandError(`Cannot start the registry: PORT is "${text}", not a number from 1 to 65535`)
}
