/** The options of `measure-reading`, checked. */
import { join } from 'node:path'
import { CommandError, parseOptions } from '../command.ts'

export const READING_HELP = `Usage: bun run measure-reading [BODY...] [--history FILE]
   or: npm run measure-reading -- [BODY...] [--history FILE]

Reads recorded bodies of models.dev (.json or .json.gz) and reports rows kept, rows rejected, values that could not be
read, whether sums by provider equal the source's, and in which facts an independent reading differs. Then reads every
day of a recorded history and reports what could not be read over time. Nothing is sent anywhere.

  BODY              default: the bodies in the folder that RECORDED_DATA names
  --history FILE    a recorded history (.ndjson.gz), default as above
  --help            show this text`

const BODIES = ['api-2026-07-01.json.gz', 'api-2026-09-30.json.gz']
const HISTORY = join('history', 'daily.ndjson.gz')

export interface ReadingOptions {
  bodies: string[]
  history: string | undefined
}

/** `undefined` if help was asked for. */
export function readReadingOptions(args: string[], recorded = process.env.RECORDED_DATA): ReadingOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    history: { type: 'string' },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  const folder = recorded ? join(recorded, 'models-dev') : undefined
  const bodies = positionals.length > 0 || folder === undefined ? positionals : BODIES.map((name) => join(folder, name))
  const byDefault = positionals.length === 0 && folder !== undefined ? join(folder, HISTORY) : undefined
  const history = values.history ?? byDefault
  if (bodies.length === 0 && history === undefined)
    throw new CommandError(
      'Cannot measure: name a body, or set RECORDED_DATA to the folder of recorded data (see --help)',
    )
  return { bodies, history }
}
