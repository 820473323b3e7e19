/** The options of `load`, checked. */
import { CommandError, parseOptions } from '../../../src/cli/shared/command.ts'

export const LOAD_HELP = `Usage: bun run load [--seconds N] [--connections N] [--models N]
   or: npm run load [-- --seconds N ...]

Runs the registry on the bare workerd, on loopback, with made-up models, and reads it on several keep-alive connections
at once while pulls and overrides arrive. Fails when a read fails, when a body is not what its ETag says, or when a
connection is shown an older version after a newer one. Needs Linux; nothing is left behind.

  --seconds N       how long (default: 60)
  --connections N   how many read at once (default: 8)
  --models N        models of each pull (default: 700)
  --help            show this text`

export interface LoadOptions {
  seconds: number
  connections: number
  models: number
}

/** `undefined` if help was asked for. */
export function readLoadOptions(args: string[]): LoadOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '8' },
    models: { type: 'string', default: '700' },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  if (positionals.length > 0)
    throw new CommandError(`Cannot load the registry: unknown argument "${positionals[0]}" (see --help)`)
  return {
    seconds: readCount('seconds', values.seconds, 1, 3600),
    connections: readCount('connections', values.connections, 1, 100),
    // AA is read up to 40 pages of 200.
    models: readCount('models', values.models, 100, 8000),
  }
}

function readCount(name: string, text: string, min: number, max: number): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= min && count <= max) return count
  throw new CommandError(`Cannot load the registry with --${name} "${text}": not a whole number from ${min} to ${max}`)
}
