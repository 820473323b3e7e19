/**
 * The Worker's variables as the text of a file for wrangler's `--env-file`. With that flag, wrangler reads neither
 * `.dev.vars` nor `.env`, so the file is complete, and no secret is on a command line.
 */
import { CommandError } from '../../src/cli/shared/command.ts'

/** Double quotes come last, because only they give backslashes a meaning. */
const QUOTES = ["'", '`', '"']

export function varsText(vars: Record<string, string | undefined>): string {
  const lines = Object.entries(vars).map(([name, value]) =>
    value === undefined ? '' : `${name}=${quote(name, value)}\n`,
  )
  return lines.join('')
}

/** In the syntax of dotenv, in which quotes cannot be escaped; `$` is escaped, because wrangler expands `$name`. */
function quote(name: string, value: string): string {
  const mark = QUOTES.find((candidate) => !value.includes(candidate))
  if (mark === undefined || (mark === '"' && value.includes('\\')))
    throw new CommandError(`Cannot pass ${name} to wrangler: its value contains every kind of quote`)
  return mark + value.replaceAll('$', '\\$') + mark
}
