/** The options of `measure-guard`, checked. */
import { statSync } from 'node:fs'
import { CommandError, parseOptions } from '../command.ts'

export const GUARD_HELP = `Usage: RECORDED_DATA=FOLDER bun run measure-guard [--commits] [--held]
   or: RECORDED_DATA=FOLDER npm run measure-guard -- [--commits] [--held]

Replays the recorded pulls of Artificial Analysis and the recorded days of models.dev through the guard, prints what
would have been held and why, then does the same with made-up incidents. Fails if an incident is not held.
RECORDED_DATA is the folder with aa/pulls and models-dev. Nothing is sent anywhere.

  --commits  take every commit of models.dev as a pull, not every day
  --held     print only the pulls that are held
  --help     show this text`

export interface GuardOptions {
  /** The folder with the recorded data. */
  folder: string
  commits: boolean
  heldOnly: boolean
}

/** `undefined` if help was asked for. */
export function readGuardOptions(args: string[], env: NodeJS.ProcessEnv): GuardOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    commits: { type: 'boolean', default: false },
    held: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  if (positionals.length > 0)
    throw new CommandError(`Cannot measure: unexpected argument "${positionals[0]}" (see --help)`)
  return { folder: recordedFolder(env.RECORDED_DATA), commits: values.commits, heldOnly: values.held }
}

function recordedFolder(folder: string | undefined): string {
  if (!folder)
    throw new CommandError('Cannot measure: set RECORDED_DATA to the folder with the recorded data (see --help)')
  for (const part of ['aa/pulls', 'models-dev/history']) {
    if (!statSync(`${folder}/${part}`, { throwIfNoEntry: false })?.isDirectory())
      throw new CommandError(`Cannot measure: RECORDED_DATA has no folder "${part}": ${folder}`)
  }
  return folder
}
