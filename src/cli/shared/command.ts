/** How the commands in this folder begin and end: their options, and what stops them in one line on standard error. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { paint } from './terminal.ts'

/** What stops a command, said so that its user can act. Anything else that is thrown is a bug and keeps its stack. */
export class CommandError extends Error {}

/** Runs a command and makes its result the exit code. */
export async function runCommand(main: (args: string[]) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    console.error(paint('red', error.message, process.stderr))
    process.exitCode = 1
  }
}

/** Options and arguments by `node:util`, with its complaints in the words of ours. */
export function parseOptions<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // The rest of the message explains how to pass arguments that begin with a dash, which none of the commands takes.
    const complaint = error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : ''
    throw new CommandError(
      `Cannot read the command line: ${complaint.replaceAll("'", '"').replace(/\.$/, '')} (see --help)`,
    )
  }
}
