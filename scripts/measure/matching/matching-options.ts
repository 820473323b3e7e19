/** The options of `measure-matching`, checked. */
import { CommandError, parseOptions } from '../../../src/cli/shared/command.ts'

export const MATCHING_HELP = `Usage: bun run measure-matching AA_PULL MODELS_DEV [--all]
   or: npm run measure-matching -- AA_PULL MODELS_DEV [--all]

Matches a recorded Pro pull of Artificial Analysis with a recorded catalogue of models.dev (.json or .json.gz each), and
says how many models are matched, why the others are not, and where facts that matching does not look at disagree.
Only the Pro tier has those facts. Nothing is sent anywhere.

  --all    list every model that is unmatched
  --help   show this text`

export interface MatchingOptions {
  pull: string
  modelsDev: string
  all: boolean
}

/** `undefined` if help was asked for. */
export function readMatchingOptions(args: string[]): MatchingOptions | undefined {
  const { values, positionals } = parseOptions(args, {
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return undefined
  const [pull, modelsDev, ...others] = positionals
  if (pull === undefined || modelsDev === undefined || others.length > 0)
    throw new CommandError('Cannot measure: name one pull and one catalogue of models.dev (see --help)')
  return { pull, modelsDev, all: values.all }
}
