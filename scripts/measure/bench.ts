/** `measure bench`: compares the cost of requests with the minimum that they could cost. */

import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { createProgress } from '../../src/cli/shared/progress.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { DAYS, readBenchData } from './bench/bench-data.ts'
import {
  describeFirsts,
  describeHistory,
  describeRequests,
  describeSizes,
  describeStarts,
} from './bench/bench-report.ts'
import { contendersOf, findPastPart, ORIGIN } from './bench/contenders.ts'
import { readKv, sendPulls } from './bench/fill-registry.ts'
import { ISOLATES, measureFirsts } from './bench/fresh-isolates.ts'
import { measureHistory } from './bench/history-reads.ts'
import { measureMemory } from './bench/isolate-memory.ts'
import { measureRounds } from './bench/measure-rounds.ts'
import { NEIGHBOURS } from './bench/neighbours.ts'
import { measureRefreshShare } from './bench/refresh-share.ts'
import { measureStarts, STARTS } from './bench/start-costs.ts'
import { Harness } from './workerd/harness.ts'

const MAX_ROUNDS = 200
/** Only this script uses the harness, on the loopback interface, for a few minutes. */
const ADMIN_TOKEN = 'bench-of-a-registry'
/** The sources must be enabled for their pulls to be used, but nothing may be fetched: nothing listens on this port. */
const NOWHERE = 'http://127.0.0.1:9/'
const VARS = { ADMIN_TOKEN, ALLOWED_ORIGINS: ORIGIN, ...BOARDS_OFF, MODELS_DEV_URL: NOWHERE, EPOCH_URL: NOWHERE }

export const bench = defineCommand({
  description: `Runs the Worker and baseline Workers on plain workerd, sends requests to each of them in turn, round by round, and
prints the CPU time of each request as a ratio to its baseline. It uses the catalogue of models.dev in RECORDED_DATA, or
else a generated one. It takes a few minutes, uses loopback only and removes its files. BENCH.md explains the table.`,
  options: {
    rounds: {
      type: 'string',
      value: 'number',
      description: 'the number of rounds; the results are medians',
      default: '15',
    },
  },
  environment: { RECORDED_DATA: 'the directory of recorded data, with models-dev' },
  exitCodes: { 0: 'measured, whether or not the targets are met' },
  async run({ values }, { output }) {
    const rounds = readCount('measure', 'rounds', values.rounds, 1, MAX_ROUNDS)
    const report = await Harness.run(VARS, (harness) => measure(harness, rounds), NEIGHBOURS)
    output.write(`${report}\n`)
    return 0
  },
})

async function measure(harness: Harness, rounds: number): Promise<string> {
  const recorded = process.env.RECORDED_DATA
  const data = await readBenchData(recorded)
  const versions = await sendPulls(harness, ADMIN_TOKEN, data)
  const kv = await readKv(harness)
  const past = versions.slice(-DAYS, -1)
  const progress = createProgress(rounds + ISOLATES + STARTS, process.stderr)
  const part = await findPastPart(harness, versions[0] ?? '')
  const targetsOf = () => contendersOf(harness, versions.length - 1, part)
  const measured = await measureRounds(harness, await targetsOf(), rounds, () => progress.step('round'))
  const refresh = await measureRefreshShare(harness, versions)
  const firsts = await measureFirsts(harness, kv, () => progress.step('isolate'))
  const memory = await measureMemory(harness, kv, targetsOf, past)
  const starts = await measureStarts(harness, () => progress.step('start'))
  progress.end()
  const history = await measureHistory(harness, ADMIN_TOKEN, recorded, process.stderr)
  const tables = [
    describeRequests(measured),
    describeFirsts(firsts),
    describeSizes(memory, refresh),
    describeStarts(starts),
  ]
  return [data.name, ...tables, ...(history ? [describeHistory(history)] : [])].join('\n\n')
}
