/** `measure bench`: compares the cost of requests with the least that they could cost. */

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
/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'bench-of-a-registry'
/** The sources must be on for their pulls to be used, and nothing may be fetched: nothing listens on this port. */
const NOWHERE = 'http://127.0.0.1:9/'
const VARS = { ADMIN_TOKEN, ALLOWED_ORIGINS: ORIGIN, ...BOARDS_OFF, MODELS_DEV_URL: NOWHERE, EPOCH_URL: NOWHERE }

export const bench = defineCommand({
  description: `Runs the Worker on the bare workerd beside baseline Workers, sends requests to all of them in turn, round by round, and
prints the CPU time of each request as a ratio to its baseline. On the catalogue of models.dev that RECORDED_DATA holds,
else on one that is made up; loopback only, some minutes; nothing is left behind. BENCH.md explains how to read the table.`,
  options: {
    rounds: { type: 'string', value: 'number', description: 'rounds, of which the medians are taken', default: '15' },
  },
  environment: { RECORDED_DATA: 'the directory of recorded data, with models-dev' },
  exitCodes: { 0: 'measured, whether the aims are met or not' },
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
