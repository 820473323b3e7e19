/**
 * The Worker's variables as the text of the file that wrangler is given by `--env-file`. With that flag wrangler reads
 * no `.dev.vars` and no `.env`, so what is in the file is all there is, and no secret stands on a command line.
 */
import { CommandError } from '../../src/cli/shared/command.ts'

/** Double quotes come last: only inside them does a backslash mean something. */
const QUOTES = ["'", '`', '"']

export function varsText(vars: Record<string, string | undefined>): string {
  const lines = Object.entries(vars).map(([name, value]) =>
    value === undefined ? '' : `${name}=${quote(name, value)}\n`,
  )
  return lines.join('')
}

/** In dotenv's words, whose quotes cannot be escaped, and without the `$name` that wrangler expands. */
function quote(name: string, value: string): string {
  const mark = QUOTES.find((candidate) => !value.includes(candidate))
  if (mark === undefined || (mark === '"' && value.includes('\\')))
    throw new CommandError(`Cannot pass ${name} to wrangler: its value contains every kind of quote`)
  return mark + value.replaceAll('$', '\\$') + mark
}
