/** `measure-matching`: how well models.dev is matched with Artificial Analysis. */
import * as z from 'zod'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readJsonFile } from '../../src/cli/shared/files.ts'
import { FLAG } from '../../src/cli/shared/options.ts'
import { checkRows } from './matching/independent-check.ts'
import { matchRows } from './matching/matched-rows.ts'
import {
  describeChecks,
  describeDisagreements,
  describeShares,
  describeUnmatched,
  measuredRows,
} from './matching/matching-report.ts'

const Named = z.looseObject({ name: z.string(), release_date: z.string().optional() })
const Listed = z.record(z.string(), z.looseObject({ models: z.record(z.string(), Named) }))

const HELP = `Usage: bun run measure-matching AA_PULL MODELS_DEV [--all]
   or: npm run measure-matching -- AA_PULL MODELS_DEV [--all]

Matches a recorded Pro pull of Artificial Analysis with a recorded catalogue of models.dev (.json or .json.gz each), and
says how many models are matched, why the others are not, and where facts that matching does not look at disagree.
Only the Pro tier has those facts. Nothing is sent anywhere.

  --all    list every model that is unmatched
  --help   show this text`

export const measureMatching = defineCommand({
  help: HELP,
  options: { all: FLAG },
  async run({ values, positionals: [pull, catalogue, ...others] }, { output }) {
    if (pull === undefined || catalogue === undefined || others.length > 0)
      throw new CommandError('Cannot measure: name one pull and one catalogue of models.dev (see --help)')
    const modelsDev = await readJsonFile(catalogue)
    const rows = matchRows(await readJsonFile(pull), modelsDev)
    const { newest, openRouterNames } = readListing(modelsDev)
    const measured = measuredRows(rows)
    const checked = checkRows(rows, openRouterNames)
    const report = [
      describeShares(measured, newest),
      describeUnmatched(measured, newest, values.all),
      describeChecks(checked.filter(({ row }) => measured.some((other) => other.row === row))),
      `All ${checked.length} matches of ${rows.length} models, of every provider and time:`,
      describeChecks(checked),
      describeDisagreements(checked),
    ]
    output.write(`${report.join('\n\n')}\n`)
    return 0
  },
})

function readListing(modelsDev: unknown): { newest: string; openRouterNames: Map<string, string> } {
  const apis = Listed.parse(modelsDev)
  const models = Object.values(apis).flatMap((api) => Object.values(api.models))
  const openRouter = Object.entries(apis.openrouter?.models ?? {})
  return {
    newest: models.reduce((latest, { release_date: date = '' }) => (date > latest ? date : latest), ''),
    openRouterNames: new Map(openRouter.map(([id, { name }]) => [id, name])),
  }
}
