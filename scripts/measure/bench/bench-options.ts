/** The options of `bench`, checked. */
import { CommandError, parseOptions } from '../../../src/cli/shared/command.ts'

export const BENCH_HELP = `Usage: bun run bench [--rounds N]
   or: npm run bench [-- --rounds N]

Runs the Worker on the bare workerd beside baseline Workers, asks all of them in turn, round by round, and prints the
CPU time of each request as a ratio to its baseline. Made-up data, loopback only, about two minutes; nothing is left
behind. BENCH.md explains how to read the table. A missed aim is told, not punished: the exit code is 0.

  --rounds N   rounds of which the medians are taken (default: 25)
  --help       show this text`

export interface BenchOptions {
  rounds: number
}

const MAX_ROUNDS = 200

/** `undefined` if help was asked for. */
export function readBenchOptions(args: string[]): BenchOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    rounds: { type: 'string', default: '25' },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  if (positionals.length > 0)
    throw new CommandError(`Cannot measure: unknown argument "${positionals[0]}" (see --help)`)
  const rounds = Number(values.rounds)
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= MAX_ROUNDS) return { rounds }
  throw new CommandError(`Cannot measure with --rounds "${values.rounds}": not a whole number from 1 to ${MAX_ROUNDS}`)
}
