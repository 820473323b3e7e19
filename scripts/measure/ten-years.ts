/** Shows on ten simulated years what the registry's memory costs: `bun run ten-years`. */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError, runCommand } from '../../src/cli/shared/command.ts'
import { waitForEnd } from '../../src/cli/shared/end-signal.ts'
import { madeUpDays } from './shared/made-up-days.ts'
import { type SentDay, sendDays } from './shared/send-days.ts'
import { databaseSizeOf } from './ten-years/database-size.ts'
import { measureExports } from './ten-years/measure-export.ts'
import { measureReads } from './ten-years/measure-reads.ts'
import { measureRequests } from './ten-years/measure-requests.ts'
import { describeReads, describeRequests } from './ten-years/read-report.ts'
import { readTenYearsOptions, TEN_YEARS_HELP, type TenYearsOptions } from './ten-years/ten-years-options.ts'
import { describeCommits, describeExports, describeSize } from './ten-years/ten-years-report.ts'
import { Harness } from './workerd/harness.ts'

/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'ten-years-of-pulls'
/** KV is written once a second: the last of a burst comes later. */
const PUBLISH_MS = 2500

await runCommand(async (args) => {
  const options = readTenYearsOptions(args)
  if (options === undefined) {
    console.log(TEN_YEARS_HELP)
    return 0
  }
  const interrupted = waitForEnd().then(() => {
    throw new CommandError('Stopped before the end')
  })
  // Told to end while the Worker is being built, it ends as soon as that is done.
  interrupted.catch(() => undefined)
  await Harness.run({ ADMIN_TOKEN }, (harness) => Promise.race([interrupted, tenYears(harness, options)]))
  return 0
})

async function tenYears(harness: Harness, { days, models, changed }: TenYearsOptions): Promise<void> {
  console.log(`${days} daily pulls of ${models} models, ${changed} of them changed each day`)
  const sent = await sendDays(harness, ADMIN_TOKEN, madeUpDays(days, models, changed), days)
  await wait(PUBLISH_MS)
  console.log(`\n${describeCommits(sent)}\n\n${await readTables(harness, sent)}`)
  console.log(`\n${describeExports(await measureExports(harness, ADMIN_TOKEN))}`)
  await harness.stop()
  console.log(`\n${describeSize(databaseSizeOf(harness.databaseFile()), days)}`)
}

async function readTables(harness: Harness, sent: SentDay[]): Promise<string> {
  const reads = describeReads(await measureReads(harness, sent.length))
  return `${reads}\n\n${describeRequests(await measureRequests(harness, sent))}`
}
