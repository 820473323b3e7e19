/** The whole of `measure-matching` but for the process around it. */
import * as z from 'zod'
import { readJsonFile } from '../../src/cli/shared/json-file.ts'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { checkRows } from './matching/independent-check.ts'
import { matchRows } from './matching/matched-rows.ts'
import { MATCHING_HELP, readMatchingOptions } from './matching/matching-options.ts'
import {
  describeChecks,
  describeDisagreements,
  describeShares,
  describeUnmatched,
  measuredRows,
} from './matching/matching-report.ts'

const Named = z.looseObject({ name: z.string(), release_date: z.string().optional() })
const Listed = z.record(z.string(), z.looseObject({ models: z.record(z.string(), Named) }))

export async function runMeasureMatching(args: string[], output: Output): Promise<number> {
  const options = readMatchingOptions(args)
  if (options === undefined) {
    output.write(`${MATCHING_HELP}\n`)
    return 0
  }
  const modelsDev = await readJsonFile(options.modelsDev)
  const rows = matchRows(await readJsonFile(options.pull), modelsDev)
  const { newest, openRouterNames } = readListing(modelsDev)
  const measured = measuredRows(rows)
  const checked = checkRows(rows, openRouterNames)
  const report = [
    describeShares(measured, newest),
    describeUnmatched(measured, newest, options.all),
    describeChecks(checked.filter(({ row }) => measured.some((other) => other.row === row))),
    `All ${checked.length} matches of ${rows.length} models, of every provider and time:`,
    describeChecks(checked),
    describeDisagreements(checked),
  ]
  output.write(`${report.join('\n\n')}\n`)
  return 0
}

function readListing(modelsDev: unknown): { newest: string; openRouterNames: Map<string, string> } {
  const apis = Listed.parse(modelsDev)
  const models = Object.values(apis).flatMap((api) => Object.values(api.models))
  const openRouter = Object.entries(apis.openrouter?.models ?? {})
  return {
    newest: models.reduce((latest, { release_date: date = '' }) => (date > latest ? date : latest), ''),
    openRouterNames: new Map(openRouter.map(([id, { name }]) => [id, name])),
  }
}
