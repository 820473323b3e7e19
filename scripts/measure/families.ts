/** `measure families`: how well models of models.dev are assigned to families. */
import { join } from 'node:path'
import { CommandError, type Context, defineCommand } from '../../src/cli/shared/command.ts'
import { readJsonFile } from '../../src/cli/shared/files.ts'
import { flag } from '../../src/cli/shared/options.ts'
import { createFamilies } from '../../src/core/match/families.ts'
import { describeLabs, describeMeasured, describeMisses, measure } from './families/families-report.ts'
import { readLabelledRows } from './families/labelled-rows.ts'
import { leaveOneOut } from './families/leave-one-out.ts'

const DEFAULT_BODY = ['models-dev', 'api-2026-09-30.json.gz']

export const measureFamilies = defineCommand({
  description: `Hides each label of a body of models.dev in turn, looks up the family of its row, and reports how often the answer is
right. Every wrong answer is listed. Then it reports how many rows have a lab if no label is hidden. Nothing is sent.`,
  arguments: { file: { description: 'a body of models.dev: api.json, gzipped or not', isOptional: true } },
  options: { misses: flag('also list the rows without an answer') },
  environment: { RECORDED_DATA: 'the directory of recorded data, for models-dev/api-2026-09-30.json.gz' },
  async run({ args, values }, { env, output }) {
    const rows = readLabelledRows(await readJsonFile(args.file ?? recordedBody(env)))
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

function recordedBody({ RECORDED_DATA: folder }: Context['env']): string {
  if (folder) return join(folder, ...DEFAULT_BODY)
  throw new CommandError('Cannot measure: name a body of models.dev, or set RECORDED_DATA (see --help)')
}
