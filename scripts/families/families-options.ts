/** The options of `measure-families`, checked. */
import { join } from 'node:path'
import { CommandError, parseOptions } from '../command.ts'

export const FAMILIES_HELP = `Usage: bun run measure-families [BODY] [--misses]
   or: npm run measure-families -- [BODY] [--misses]

Hides each label of a recorded body of models.dev (.json or .json.gz) in turn, asks for the family of its row, and says
how often the answer is right. Every wrong answer is listed. Then, with all labels shown, how many rows have a lab.
Without BODY: models-dev/api-2026-09-30.json.gz in the folder that RECORDED_DATA names. Nothing is sent anywhere.

  --misses  list the rows without an answer, too
  --help    show this text`

const DEFAULT_BODY = ['models-dev', 'api-2026-09-30.json.gz']

export interface FamiliesOptions {
  body: string
  misses: boolean
}

/** `undefined` if help was asked for. */
export function readFamiliesOptions(args: string[], env: NodeJS.ProcessEnv): FamiliesOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    misses: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  const [named, ...others] = positionals
  const body = named ?? (env.RECORDED_DATA && join(env.RECORDED_DATA, ...DEFAULT_BODY))
  if (!body || others.length > 0)
    throw new CommandError('Cannot measure: name one body of models.dev, or set RECORDED_DATA (see --help)')
  return { body, misses: values.misses }
}
