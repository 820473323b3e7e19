/** `measure cost`: what pricing a file of requests takes. */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { fixed, megabytes, textTable } from '../../src/cli/shared/table.ts'
import type { Day } from '../backfill/send-days.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { madeUpUsage } from './cost/made-up-usage.ts'
import { runCost } from './cost/run-cost.ts'
import { Chance } from './shared/seeded-chance.ts'
import { madeUpDeltas } from './ten-years/made-up-deltas.ts'
import { sendDeltas } from './ten-years/send-deltas.ts'
import { Harness } from './workerd/harness.ts'

/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'costs-of-made-up-requests'
/** The source must be on for its rows to be used, and nothing may be fetched: nothing listens on this port. */
const MODELS_DEV_URL = 'http://127.0.0.1:9/api.json'
const DAYS = 30
const MODELS = 400
/** Memory that is bounded is nearly the same for a tenth of the rows. */
const SHARES = [0.1, 1]

export const measureCost = defineCommand({
  description: `Runs the registry on the bare workerd, on loopback, with ${DAYS} days of made-up models and prices, and prices made-up
requests by the command "cost", receipts included: first a tenth of the rows, then all of them. Prints seconds, CPU and
peak memory of the command. Needs Linux; nothing is left behind.`,
  options: {
    rows: { type: 'string', value: 'number', description: 'requests to price', default: '1000000' },
  },
  async run({ values }, { output, notes }) {
    const rows = readCount('measure', 'rows', values.rows, 10, 100_000_000)
    const folder = mkdtempSync(join(tmpdir(), 'measure-cost-'))
    try {
      await Harness.run({ ADMIN_TOKEN, MODELS_DEV_URL, ...BOARDS_OFF }, async (harness) => {
        const days = [...madeUpDeltas(DAYS, MODELS, MODELS / 10)]
        await sendDeltas(harness, ADMIN_TOKEN, days, { count: DAYS, minutes: 10, output: notes })
        const measured: string[][] = []
        for (const share of SHARES)
          measured.push(await measureRows(Math.floor(rows * share), days, folder, harness.url))
        output.write(`${textTable('cost, receipts included', ['', 'MB', 's', 'CPU s', 'peak MB'], measured)}\n`)
      })
      return 0
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
})

/** A row of the table. */
async function measureRows(count: number, days: Day[], folder: string, url: string): Promise<string[]> {
  const file = join(folder, `${count}.ndjson`)
  await writeRows(file, count, days)
  const { seconds, cpuSeconds, peakBytes } = await runCost(file, join(folder, 'receipts.ndjson'), url)
  const figures = [fixed(seconds), fixed(cpuSeconds), megabytes(peakBytes)]
  return [`${count} rows`, megabytes(statSync(file).size), ...figures]
}

async function writeRows(file: string, count: number, days: Day[]): Promise<void> {
  const chance = new Chance(1)
  const models = Object.keys(days[0]?.delta.models.set ?? {})
  const times = days.map(({ at }) => at)
  function* lines(): Generator<string> {
    for (let number = 0; number < count; number++) yield `${madeUpUsage(number, models, times, chance)}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(file))
}
