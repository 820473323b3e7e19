/** `measure-reading`: how well models.dev is read. */
import { basename, join } from 'node:path'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readJsonFile } from '../../src/cli/shared/files.ts'
import { measureBody } from './reading/measure-body.ts'
import { describeBody, describeHistory } from './reading/reading-report.ts'

const HELP = `Usage: bun run measure-reading [BODY...] [--history FILE]
   or: npm run measure-reading -- [BODY...] [--history FILE]

Reads recorded bodies of models.dev (.json or .json.gz) and reports rows kept, rows rejected, values that could not be
read, whether sums by provider equal the source's, and in which facts an independent reading differs. Then reads every
day of a recorded history and reports what could not be read over time. Nothing is sent anywhere.

  BODY              default: the bodies in the folder that RECORDED_DATA names
  --history FILE    a recorded history (.ndjson.gz), default as above
  --help            show this text`

const BODIES = ['api-2026-07-01.json.gz', 'api-2026-09-30.json.gz']
const HISTORY = join('history', 'daily.ndjson.gz')

export const measureReading = defineCommand({
  help: HELP,
  options: { history: { type: 'string' } },
  async run({ values, positionals }, { env, output }) {
    const { bodies, history } = filesOf(positionals, values.history, env.RECORDED_DATA)
    for (const file of bodies)
      output.write(`${describeBody(basename(file), measureBody(await readJsonFile(file)))}\n\n`)
    if (history !== undefined) output.write(`${describeHistory(history)}\n`)
    return 0
  },
})

function filesOf(
  named: string[],
  namedHistory: string | undefined,
  recorded: string | undefined,
): { bodies: string[]; history: string | undefined } {
  if (named.length > 0) return { bodies: named, history: namedHistory }
  const folder = recorded && join(recorded, 'models-dev')
  const bodies = folder ? BODIES.map((name) => join(folder, name)) : []
  const history = namedHistory ?? (folder && join(folder, HISTORY))
  if (history) return { bodies, history }
  throw new CommandError(
    'Cannot measure: name a body, or set RECORDED_DATA to the folder of recorded data (see --help)',
  )
}
