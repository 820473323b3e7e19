/** The whole of `measure-families` but for the process around it. */
import { createFamilies } from '../../src/core/match/families.ts'
import { readJsonFile } from '../json-file.ts'
import type { Output } from '../terminal.ts'
import { FAMILIES_HELP, readFamiliesOptions } from './families-options.ts'
import { describeLabs, describeMeasured, describeMisses, measure } from './families-report.ts'
import { readLabelledRows } from './labelled-rows.ts'
import { leaveOneOut } from './leave-one-out.ts'

export async function runMeasureFamilies(args: string[], env: NodeJS.ProcessEnv, output: Output): Promise<number> {
  const options = readFamiliesOptions(args, env)
  if (options === undefined) {
    output.write(`${FAMILIES_HELP}\n`)
    return 0
  }
  const rows = readLabelledRows(await readJsonFile(options.body))
  const measured = measure(leaveOneOut(rows))
  const start = performance.now()
  const answers = rows.map(createFamilies(rows))
  const report = [
    describeMeasured(measured),
    ...(options.misses ? [describeMisses(measured)] : []),
    `${describeLabs(answers)} That took ${Math.round(performance.now() - start)} ms.`,
  ]
  output.write(`${report.join('\n\n')}\n`)
  return 0
}
