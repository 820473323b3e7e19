/** The options of `ten-years`, checked. */
import { CommandError, parseOptions } from '../../../src/cli/shared/command.ts'

export const TEN_YEARS_HELP = `Usage: bun run ten-years [--years N] [--models N] [--changed N]
   or: npm run ten-years [-- --years N ...]

Fills a registry on the bare workerd with daily pulls of made-up models, then measures its memory and speed: reads of
past versions, diffs, export, size. Ten years take about ten minutes and 2 GB of disk; nothing is left behind.

  --years N     years of daily pulls (default: 10)
  --models N    models of each pull (default: 1000)
  --changed N   models that change in a day (default: a quarter of them)
  --help        show this text`

export interface TenYearsOptions {
  days: number
  models: number
  changed: number
}

const DAYS_PER_YEAR = 365
/** The first day is in the year 2000, and no day may be ahead of the clock. */
const MAX_YEARS = 25
/** AA is read up to 40 pages of 200. */
const MAX_MODELS = 8000
const MIN_MODELS = 100

/** `undefined` if help was asked for. */
export function readTenYearsOptions(args: string[]): TenYearsOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    years: { type: 'string', default: '10' },
    models: { type: 'string', default: '1000' },
    changed: { type: 'string' },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  if (positionals.length > 0)
    throw new CommandError(`Cannot measure: unknown argument "${positionals[0]}" (see --help)`)
  const models = readCount('models', values.models, MIN_MODELS, MAX_MODELS)
  return {
    days: readCount('years', values.years, 1, MAX_YEARS) * DAYS_PER_YEAR,
    models,
    changed: values.changed === undefined ? Math.ceil(models / 4) : readCount('changed', values.changed, 1, models / 2),
  }
}

function readCount(name: string, text: string, min: number, max: number): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= min && count <= max) return count
  throw new CommandError(`Cannot measure with --${name} "${text}": not a whole number from ${min} to ${max}`)
}
