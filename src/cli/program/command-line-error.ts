/** What is wrong with a command line, from commander's message. */
import type { CommanderError } from 'commander'
import { CommandError } from '../shared/command.ts'

/** Such as `Cannot read the command line: unknown option "--alll", did you mean --all? (see --help)`. */
export function commandLineError({ message }: CommanderError): CommandError {
  const [complaint = '', hint = ''] = message.replace(/^error: /, '').split('\n')
  const nearest = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(hint)?.[1]
  const question = nearest === undefined ? '' : `, did you mean ${nearest.replace(/,(?= [^,]*$)/, ' or')}?`
  return new CommandError(
    `Cannot read the command line: ${complaint.replaceAll("'", '"').replace('. Expected', ': expected').replace(/\.$/, '')}${question} (see --help)`,
  )
}
