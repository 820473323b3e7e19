/** `make-sample`: makes the file of the sample from recorded replies of models.dev and Epoch. */
import { writeFileSync } from 'node:fs'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readRecordedSample } from './make/recorded-sample.ts'
import { linesOf } from './make/sample-lines.ts'
import { SAMPLE_FILE } from './sample-days.ts'

export const makeSample = defineCommand({
  description: `Writes scripts/sample/facts.ndjson from recorded data: selected models on six days, as models.dev listed them, and
Epoch's index of those models. The same data always produces the same file.`,
  options: {},
  environment: { RECORDED_DATA: 'the directory of recorded data' },
  async run(_, { env, output }) {
    const folder = env.RECORDED_DATA
    if (!folder) throw new CommandError('Cannot make the sample: set RECORDED_DATA to the folder of recorded data')
    const lines = linesOf(await readRecordedSample(folder)).map((line) => JSON.stringify(line))
    writeFileSync(SAMPLE_FILE, `${lines.join('\n')}\n`)
    output.write(`Wrote ${lines.length} lines\n`)
    return 0
  },
})
