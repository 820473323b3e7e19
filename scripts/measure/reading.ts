/** `measure reading`: how completely models.dev is read. */
import { basename, join } from 'node:path'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readJsonFile } from '../../src/cli/shared/files.ts'
import { measureBody } from './reading/measure-body.ts'
import { describeBody, describeHistory } from './reading/reading-report.ts'

const BODIES = ['api-2026-07-01.json.gz', 'api-2026-09-30.json.gz']
const HISTORY = join('history', 'daily.ndjson.gz')

export const measureReading = defineCommand({
  description: `Reads bodies of models.dev and reports the rows kept, the rows rejected, the values that could not be read, whether the
sums per provider match those of the source, and the facts in which an independent reader differs. Then it reads every day
of a recorded history and reports what could not be read over time. Nothing is sent.`,
  arguments: {
    files: { description: 'bodies of models.dev: api.json, gzipped or not', isOptional: true, isRepeated: true },
  },
  options: {
    history: {
      type: 'string',
      value: 'file',
      description: 'a recorded history (.ndjson.gz), instead of the one in RECORDED_DATA',
    },
  },
  environment: { RECORDED_DATA: 'the directory of recorded data, with models-dev, used if no file is given' },
  async run({ args, values }, { env, output }) {
    const { bodies, history } = filesOf(args.files, values.history, env.RECORDED_DATA)
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
