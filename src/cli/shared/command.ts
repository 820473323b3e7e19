/** What a command is: its options, its help, and how it runs. What it uses of the process around it is an argument. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { Output, Paint } from './terminal.ts'

/** What stops a command, worded so that its user can act. Anything else that is thrown is a bug and keeps its stack. */
export class CommandError extends Error {}

export interface Context {
  env: Record<string, string | undefined>
  output: Output
  paint: Paint
  /** Asks the user a question that is answered with yes or no. Absent without a terminal. */
  confirm?: (question: string) => Promise<boolean>
  /** Unix milliseconds. */
  now(): number
  /** Aborted when the process is asked to end, which then no longer ends by itself. */
  stopSignal(): AbortSignal
}

export interface Command<Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig> {
  help: string
  options: Options
  /** Options that are not the command's own are for another program, which gets `args`. */
  isWrapper?: boolean
  /** Returns the exit code. */
  run(given: Given<Options>, context: Context): Promise<number>
}

type Parsed<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true }>
>

/** What was given on the command line. */
export interface Given<Options extends ParseArgsOptionsConfig> {
  values: Parsed<Options>['values']
  positionals: string[]
  args: string[]
}

export function defineCommand<Options extends ParseArgsOptionsConfig>(command: Command<Options>): Command<Options> {
  return command
}

/** Returns the exit code. `--help` prints the help in place of running the command. */
export async function runCommand<Options extends ParseArgsOptionsConfig>(
  command: Command<Options>,
  args: string[],
  context: Context,
): Promise<number> {
  const { values, positionals } = parseOptions(args, command)
  if (values.help !== true)
    return command.run({ values: values as Given<Options>['values'], positionals, args }, context) // parsed by these options
  context.output.write(`${command.help}\n`)
  return 0
}

const HELP = { help: { type: 'boolean' } } as const

/** Parses by `node:util`, and reports its complaints in the words of ours. */
function parseOptions(args: string[], { options, isWrapper = false }: Pick<Command, 'options' | 'isWrapper'>) {
  try {
    return parseArgs({ args, options: { ...HELP, ...options }, allowPositionals: true, strict: !isWrapper })
  } catch (error) {
    // The rest of the message explains how to pass arguments that begin with a dash, which no command takes.
    const complaint = error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : ''
    throw new CommandError(
      `Cannot read the command line: ${complaint.replaceAll("'", '"').replace(/\.$/, '')} (see --help)`,
    )
  }
}
