/** `measure ten-years`: measures what storing ten simulated years costs. */

import { setTimeout as wait } from 'node:timers/promises'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { PUBLISH_MS, type SentDay } from './shared/sent-day.ts'
import { databaseSizeOf } from './ten-years/database-size.ts'
import { madeUpDeltas } from './ten-years/made-up-deltas.ts'
import { measureExports } from './ten-years/measure-export.ts'
import { measureReads } from './ten-years/measure-reads.ts'
import { measureRequests } from './ten-years/measure-requests.ts'
import { describeReads, describeRequests } from './ten-years/read-report.ts'
import { sendDeltas } from './ten-years/send-deltas.ts'
import { describeCommits, describeExports, describeSize } from './ten-years/ten-years-report.ts'
import { Harness } from './workerd/harness.ts'

/** Only this script uses the harness, on the loopback interface, for a few minutes. */
const ADMIN_TOKEN = 'ten-years-of-pulls'
/** The source must be enabled for its rows to be used, but nothing may be fetched: nothing listens on this port. */
const NOWHERE = 'http://127.0.0.1:9/'
const DAYS_PER_YEAR = 365
/** The first day is in the year 2000, and no day may be ahead of the clock. */
const MAX_YEARS = 25
const MAX_MINUTES = 6000
/** A catalogue twice as large as one that is expected. */
const MAX_MODELS = 20_000
const MIN_MODELS = 100

export const tenYears = defineCommand({
  description: `Fills a registry on plain workerd with days of a generated catalogue of the size that models.dev is expected to reach,
then measures the speed of past reads, diffs and exports, and the size of the database. A year takes some minutes; the
files are removed.`,
  options: {
    years: {
      type: 'string',
      value: 'number',
      description: 'the number of years, with one commit per day',
      default: '10',
    },
    models: { type: 'string', value: 'number', description: 'the number of models, 40 per provider', default: '10000' },
    minutes: {
      type: 'string',
      value: 'number',
      description: 'the number of minutes after which no more days are sent and the registry is measured',
      default: '600',
    },
    changed: {
      type: 'string',
      value: 'number',
      description: 'the number of models that change per day (default: a twentieth of them)',
    },
  },
  async run({ values }, { output, notes }) {
    const { days, models, changed } = readSize(values)
    const minutes = readCount('measure', 'minutes', values.minutes, 1, MAX_MINUTES)
    await Harness.run({ ADMIN_TOKEN, MODELS_DEV_URL: NOWHERE, ...BOARDS_OFF }, async (harness) => {
      const limits = { count: days, minutes, output: notes }
      const sent = await sendDeltas(harness, ADMIN_TOKEN, madeUpDeltas(days, models, changed), limits)
      output.write(`${sent.length} days of ${models} models, ${changed} of them changed each day\n`)
      await measure(harness, sent, output)
    })
    return 0
  },
})

interface Size {
  days: number
  models: number
  /** Models that change in a day. */
  changed: number
}

export function readSize(values: { years: string; models: string; changed?: string }): Size {
  const count = (name: keyof typeof values, text: string, min: number, max: number) =>
    readCount('measure', name, text, min, max)
  const models = count('models', values.models, MIN_MODELS, MAX_MODELS)
  const days = count('years', values.years, 1, MAX_YEARS) * DAYS_PER_YEAR
  return { days, models, changed: count('changed', values.changed ?? `${Math.ceil(models / 20)}`, 1, models / 2) }
}

async function measure(harness: Harness, sent: SentDay[], output: Output): Promise<void> {
  await wait(PUBLISH_MS)
  output.write(`\n${describeCommits(sent)}\n\n${await readTables(harness, sent)}\n`)
  output.write(`\n${describeExports(await measureExports(harness, ADMIN_TOKEN))}\n`)
  await harness.stop()
  output.write(`\n${describeSize(databaseSizeOf(harness.databaseFile()), sent.length)}\n`)
}

async function readTables(harness: Harness, sent: SentDay[]): Promise<string> {
  const reads = describeReads(await measureReads(harness, sent.length))
  return `${reads}\n\n${describeRequests(await measureRequests(harness, sent))}`
}
