/** `measure-families`: how well models of models.dev are put into families. */
import { join } from 'node:path'
import { CommandError, type Context, defineCommand } from '../../src/cli/shared/command.ts'
import { readJsonFile } from '../../src/cli/shared/files.ts'
import { FLAG } from '../../src/cli/shared/options.ts'
import { createFamilies } from '../../src/core/match/families.ts'
import { describeLabs, describeMeasured, describeMisses, measure } from './families/families-report.ts'
import { readLabelledRows } from './families/labelled-rows.ts'
import { leaveOneOut } from './families/leave-one-out.ts'

const HELP = `Usage: bun run measure-families [BODY] [--misses]
   or: npm run measure-families -- [BODY] [--misses]

Hides each label of a recorded body of models.dev (.json or .json.gz) in turn, asks for the family of its row, and reports
how often the answer is right. Every wrong answer is listed. Then, with all labels shown, how many rows have a lab.
Without BODY: models-dev/api-2026-09-30.json.gz in the folder that RECORDED_DATA names. Nothing is sent anywhere.

  --misses  list the rows without an answer, too
  --help    show this text`

const DEFAULT_BODY = ['models-dev', 'api-2026-09-30.json.gz']

export const measureFamilies = defineCommand({
  help: HELP,
  options: { misses: FLAG },
  async run({ values, positionals }, { env, output }) {
    const rows = readLabelledRows(await readJsonFile(bodyOf(positionals, env)))
    const measured = measure(leaveOneOut(rows))
    const start = performance.now()
    const answers = rows.map(createFamilies(rows))
    const report = [
      describeMeasured(measured),
      ...(values.misses ? [describeMisses(measured)] : []),
      `${describeLabs(answers)} That took ${Math.round(performance.now() - start)} ms.`,
    ]
    output.write(`${report.join('\n\n')}\n`)
    return 0
  },
})

function bodyOf([named, ...others]: string[], { RECORDED_DATA: folder }: Context['env']): string {
  const body = named ?? (folder && join(folder, ...DEFAULT_BODY))
  if (body && others.length === 0) return body
  throw new CommandError('Cannot measure: name one body of models.dev, or set RECORDED_DATA (see --help)')
}
