/** Runs a program of several commands, or a single command, on commander: it reads the command line and prints the help. */
import { Command as Commander, CommanderError } from 'commander'
import type { Arguments, Command, Context, Options } from '../shared/command.ts'
import { commandLineError } from './command-line-error.ts'
import type { CommandEntry, CommandTable, Program } from './command-table.ts'
import { describeCommand, type Run } from './describe-command.ts'
import { helpStyle } from './help.ts'
import { requirePassedOptions } from './npm-options.ts'

/** For a log, and for a terminal of unknown width. */
const DEFAULT_COLUMNS = 100

/** Returns the exit code. */
export function runProgram(program: Program, args: string[], context: Context): Promise<number> {
  return parse({ args, context }, async (run) => {
    const root = createCommander(program.name, context).description(program.description)
    if (program.version !== undefined) root.version(program.version, '-V, --version', 'print the version')
    await addCommands(root, program.name, program.commands, { args, context, run })
    return root
  })
}

/** The same for a program with a single command; `name` is for the help. */
export function runCommand<A extends Arguments, O extends Options>(
  command: Command<A, O>,
  args: string[],
  context: Context,
  name = 'command',
): Promise<number> {
  return parse({ args, context }, async (run) => {
    requirePassedOptions(command.options, name, context.env)
    const root = createCommander(name, context)
    describeCommand(root, command, name, args, run)
    return root
  })
}

interface CommandLine {
  args: string[]
  context: Context
}

async function parse({ args, context }: CommandLine, create: (run: Run) => Promise<Commander>): Promise<number> {
  let code = 0
  const program = await create(async (command, given) => {
    code = await command.run(given, context)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0 || error.code === 'commander.help') return error.exitCode
    throw commandLineError(error)
  }
  return code
}

function createCommander(name: string, { output, notes }: Context): Commander {
  return new Commander(name)
    .exitOverride()
    .helpOption('-h, --help', 'print this help')
    .configureHelp(helpStyle)
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => notes.write(text),
      // The error is thrown, and the caller prints it.
      outputError: () => undefined,
      getOutHelpWidth: () => output.columns || DEFAULT_COLUMNS,
      getErrHelpWidth: () => notes.columns || DEFAULT_COLUMNS,
      getOutHasColors: () => output.hasColors?.() ?? false,
      getErrHasColors: () => notes.hasColors?.() ?? false,
    })
}

/** `parentPath` is the command line before the name of a command. */
async function addCommands(
  parent: Commander,
  parentPath: string,
  table: CommandTable,
  line: CommandLine & { run: Run },
): Promise<void> {
  parent.helpCommand('help [command]', 'print the help of a command')
  for (const [name, entry] of Object.entries(table)) {
    const child = parent.command(name).description(entry.summary)
    if ('commands' in entry) await addCommands(child, `${parentPath} ${name}`, entry.commands, line)
    else if (line.args.includes(name)) await addCommand(child, entry, entry.runAs ?? `${parentPath} ${name}`, line)
  }
}

async function addCommand(
  child: Commander,
  entry: CommandEntry,
  path: string,
  { args, context, run }: CommandLine & { run: Run },
): Promise<void> {
  const command = await entry.load()
  describeCommand(child, command, path, args.slice(args.indexOf(child.name()) + 1), run)
  // Before its options are read: the value of an option that npm consumed is left as an argument.
  child.parent?.hook('preSubcommand', (_, named) => {
    if (named === child) requirePassedOptions(command.options, path, context.env)
  })
}
