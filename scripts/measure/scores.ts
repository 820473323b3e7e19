/** `measure scores`: the family of each name on a board, and the share of a catalogue with a score. */
import { join } from 'node:path'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { flag } from '../../src/cli/shared/options.ts'
import { matchScores } from '../../src/core/boards/match-scores.ts'
import { coverageOf } from './scores/coverage.ts'
import { readFiles } from './scores/read-files.ts'
import { describeCoverage, describeMatches, describeUnmatched } from './scores/scores-report.ts'

const FILES = {
  modelsDev: ['models-dev', 'api-2026-09-30.json.gz'],
  epoch: ['scores', 'epoch', 'eci_scores.2026-08-11.csv'],
  arena: ['scores', 'arena', 'rows-text-overall-2026-08-12.json'],
} as const

export const measureScores = defineCommand({
  description: `Matches the recorded names of Epoch and Arena to the families of a recorded body of models.dev, and prints every match for
manual review, every name without a family, and the share of first-party chat families since 2025 that have a score.
Nothing is sent.`,
  arguments: { directory: { description: 'recorded data, instead of RECORDED_DATA', isOptional: true } },
  options: { summary: flag('print only the shares') },
  environment: { RECORDED_DATA: 'the directory of recorded data' },
  async run({ args, values }, { env, output }) {
    const directory = args.directory ?? env.RECORDED_DATA
    if (!directory)
      throw new CommandError('Cannot measure: name a directory of recorded data, or set RECORDED_DATA (see --help)')
    const { rows, scores, models } = await readFiles({
      modelsDev: join(directory, ...FILES.modelsDev),
      epoch: join(directory, ...FILES.epoch),
      arena: join(directory, ...FILES.arena),
    })
    const matches = matchScores(scores, rows)
    const lists = values.summary ? [] : [describeMatches(matches), describeUnmatched(matches)]
    output.write(`${[...lists, describeCoverage(matches, coverageOf(models))].join('\n\n')}\n`)
    return 0
  },
})
