/** Compares what requests cost with the least that they could: `bun run bench`. */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError, runCommand } from '../../src/cli/shared/command.ts'
import { waitForEnd } from '../../src/cli/shared/end-signal.ts'
import { createProgress } from '../../src/cli/shared/terminal.ts'
import { BENCH_HELP, type BenchOptions, readBenchOptions } from './bench/bench-options.ts'
import { benchPulls } from './bench/bench-pulls.ts'
import { describeCommits, describeRequests, describeStarts } from './bench/bench-report.ts'
import { contendersOf, ORIGIN } from './bench/contenders.ts'
import { measureRounds } from './bench/measure-rounds.ts'
import { NEIGHBOURS } from './bench/neighbours.ts'
import { measureStarts, STARTS } from './bench/start-costs.ts'
import { sendDays } from './shared/send-days.ts'
import { Harness } from './workerd/harness.ts'

/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'bench-of-a-registry'
const PULLS = 40
/** Until V8 has compiled what a commit runs. */
const WARM_UP_PULLS = 10
/** KV is written once a second: the last of a burst comes later. */
const PUBLISH_MS = 2500

await runCommand(async (args) => {
  const options = readBenchOptions(args)
  if (options === undefined) {
    console.log(BENCH_HELP)
    return 0
  }
  const interrupted = waitForEnd().then(() => {
    throw new CommandError('Stopped before the end')
  })
  // Told to end while the Worker is being built, it ends as soon as that is done.
  interrupted.catch(() => undefined)
  const vars = { ADMIN_TOKEN, ALLOWED_ORIGINS: ORIGIN }
  await Harness.run(vars, (harness) => Promise.race([interrupted, bench(harness, options)]), NEIGHBOURS)
  return 0
})

async function bench(harness: Harness, { rounds }: BenchOptions): Promise<void> {
  const sent = await sendDays(harness, ADMIN_TOKEN, benchPulls(PULLS), PULLS, process.stderr)
  await wait(PUBLISH_MS)
  const progress = createProgress(rounds + STARTS, process.stderr)
  const contenders = await contendersOf(harness, PULLS)
  const measured = await measureRounds(harness, contenders, rounds, () => progress.step('round'))
  const starts = await measureStarts(harness, () => progress.step('start'))
  progress.end()
  const commits = describeCommits(sent.slice(WARM_UP_PULLS))
  console.log([describeRequests(measured), commits, describeStarts(starts)].join('\n\n'))
}
