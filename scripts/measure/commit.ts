/** `measure commit`: the cost of a commit of models.dev, compared with `JSON.parse` of the same body. */

import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { createProgress } from '../../src/cli/shared/progress.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { describeCommitCosts, describeFloor, describeParts } from './commit/commit-report.ts'
import { measureCommits, PARSER } from './commit/measure-commits.ts'
import { FLOOR, measureFloor } from './commit/measure-floor.ts'
import { measureParts } from './commit/measure-parts.ts'
import { readBody } from './commit/read-body.ts'
import { Harness } from './workerd/harness.ts'

/** Only this script uses the harness, on the loopback interface, for a few minutes. */
const ADMIN_TOKEN = 'commits-that-are-measured'
const MAX_ROUNDS = 50
/** The source must be enabled for its pulls to be accepted, but nothing may be fetched: nothing listens on this port. */
const MODELS_DEV_URL = 'http://127.0.0.1:9/api.json'

export const measureCommit = defineCommand({
  description: `Sends a body of models.dev to the Worker on plain workerd, and prints the CPU time of the first build, of 300 changed
rows, and of an override and its preview, as ratios to JSON.parse of that body in the same workerd. Then it prints the CPU
time of an object that only receives, parses, hashes and inserts the body, and of the steps of a build on Node. It uses
loopback only and takes less than a minute per round.`,
  arguments: { file: { description: 'a body of models.dev: api.json, gzipped or not' } },
  options: {
    rounds: {
      type: 'string',
      value: 'number',
      description: 'the number of rounds; the results are medians',
      default: '3',
    },
  },
  exitCodes: { 0: 'measured, whether or not the targets are met' },
  async run({ args, values }, { output, notes }) {
    const body = await readBody(args.file)
    const rounds = readCount('measure', 'rounds', values.rounds, 1, MAX_ROUNDS)
    const progress = createProgress(rounds, notes)
    const { costs, floor } = await Harness.run(
      { ADMIN_TOKEN, MODELS_DEV_URL, ...BOARDS_OFF },
      async (harness) => {
        const costs = await measureCommits(harness, ADMIN_TOKEN, body, rounds, () => progress.step('round'))
        return { costs, floor: await measureFloor(harness, body) }
      },
      [PARSER, FLOOR],
    )
    progress.end()
    const tables = [describeCommitCosts(costs), describeFloor(floor, costs), describeParts(measureParts(body))]
    output.write(`${tables.join('\n\n')}\n`)
    return 0
  },
})
