/** `measure bench`: compares the cost of requests with the least that they could cost. */

import { setTimeout as wait } from 'node:timers/promises'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { createProgress } from '../../src/cli/shared/progress.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { benchPulls } from './bench/bench-pulls.ts'
import { describeCommits, describeRequests, describeStarts } from './bench/bench-report.ts'
import { contendersOf, ORIGIN } from './bench/contenders.ts'
import { measureRounds } from './bench/measure-rounds.ts'
import { NEIGHBOURS } from './bench/neighbours.ts'
import { measureStarts, STARTS } from './bench/start-costs.ts'
import { PUBLISH_MS, sendDays } from './shared/send-days.ts'
import { Harness } from './workerd/harness.ts'

const MAX_ROUNDS = 200
/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'bench-of-a-registry'
const PULLS = 40
/** Until V8 has compiled what a commit runs. */
const WARM_UP_PULLS = 10

export const bench = defineCommand({
  description: `Runs the Worker on the bare workerd beside baseline Workers, sends requests to all of them in turn, round by round, and
prints the CPU time of each request as a ratio to its baseline. Made-up data, loopback only, about two minutes; nothing is
left behind. BENCH.md explains how to read the table.`,
  options: {
    rounds: { type: 'string', value: 'number', description: 'rounds, of which the medians are taken', default: '25' },
  },
  exitCodes: { 0: 'measured, whether the aims are met or not' },
  async run({ values }, { output }) {
    const rounds = readCount('measure', 'rounds', values.rounds, 1, MAX_ROUNDS)
    const report = await Harness.run(
      { ADMIN_TOKEN, ALLOWED_ORIGINS: ORIGIN, MODELS_DEV_URL: '', ...BOARDS_OFF },
      (harness) => measure(harness, rounds),
      NEIGHBOURS,
    )
    output.write(`${report}\n`)
    return 0
  },
})

async function measure(harness: Harness, rounds: number): Promise<string> {
  const sent = await sendDays(harness, ADMIN_TOKEN, benchPulls(PULLS), PULLS, process.stderr)
  await wait(PUBLISH_MS)
  const progress = createProgress(rounds + STARTS, process.stderr)
  const contenders = await contendersOf(harness, PULLS)
  const measured = await measureRounds(harness, contenders, rounds, () => progress.step('round'))
  const starts = await measureStarts(harness, () => progress.step('start'))
  progress.end()
  const commits = describeCommits(sent.slice(WARM_UP_PULLS))
  return [describeRequests(measured), commits, describeStarts(starts)].join('\n\n')
}
