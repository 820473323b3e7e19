/** Describes a command to commander: its arguments, its options, its help, and what is done with them. */
import { type Command as Commander, Argument as CommanderArgument, Option as CommanderOption } from 'commander'
import type { Argument, Command, FlagOption, ValueOption } from '../shared/command.ts'
import { helpEnd, paragraphs } from './help.ts'

export type Run = (command: Command, given: Parameters<Command['run']>[0]) => Promise<void>

/** `path` is how the command is typed. */
export function describeCommand(commander: Commander, command: Command, path: string, rest: string[], run: Run): void {
  commander
    .description(paragraphs(command.description))
    .configureHelp({ ...commander.configureHelp(), commandUsage: () => `${path} ${commander.usage()}` })
    .addHelpText('after', `\n${helpEnd(command, path)}`)
  const args = Object.entries(command.arguments ?? {})
  for (const [name, argument] of args) commander.addArgument(commanderArgument(name, argument))
  const options = Object.entries(command.options).map(([name, option]) => ({
    name,
    made: commanderOption(name, option),
  }))
  for (const { made } of options) commander.addOption(made)
  if (command.isWrapper) commander.allowUnknownOption().allowExcessArguments()
  commander.action(async () => {
    const given = commander.opts<Record<string, string | boolean | undefined>>()
    const values = options.map(({ name, made }) => [
      name,
      given[made.attributeName()] ?? (made.isBoolean() ? false : undefined),
    ])
    const named = args.map(([name], index) => [name, commander.processedArgs[index]])
    await run(command, { args: Object.fromEntries(named), values: Object.fromEntries(values), rest })
  })
}

function commanderArgument(name: string, { description, isOptional, isRepeated }: Argument): CommanderArgument {
  const term = isRepeated ? `${name}...` : name
  return new CommanderArgument(isOptional ? `[${term}]` : `<${term}>`, description)
}

function commanderOption(name: string, option: FlagOption | ValueOption): CommanderOption {
  const flags = `${option.short === undefined ? '' : `-${option.short}, `}--${name}`
  if (option.type === 'boolean') return new CommanderOption(flags, option.description)
  return new CommanderOption(`${flags} <${option.value}>`, option.description)
    .default(option.default)
    .makeOptionMandatory(option.isRequired === true)
}
