/** `client-bytes`: what a client saves by refreshing by diff or by parts, on recorded pulls. */

import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readArgument } from '../../src/cli/shared/options.ts'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { describeWeights } from './client-bytes/mode-weights.ts'
import { modelsDevVersions, newestModelsDevVersion } from './client-bytes/models-dev-versions.ts'
import { describePartRefreshes, type PartRefresh, partRefresh } from './client-bytes/part-refreshes.ts'
import { type RecordedVersion, recordedVersions } from './client-bytes/recorded-versions.ts'
import { type RefreshBytes, refreshBytes } from './client-bytes/refresh-bytes.ts'
import { describeRefreshBytes } from './client-bytes/refresh-bytes-report.ts'

const HELP = `Usage: bun run client-bytes DIR
   or: RECORDED_DATA=FOLDER bun run client-bytes [--providers NAMES] [--days N]
   or: npm run client-bytes -- ...

Prints the bytes that a client fetches to follow recorded pulls from one version to the next. Of those of Artificial
Analysis in DIR (.json or .json.gz, each { fetchedAt, pages }): by diff, and whole. Without DIR, of the last recorded
days of models.dev in FOLDER: by the parts of some providers, by diff, and whole; and what answers of its newest body
weigh. Nothing is sent anywhere.

  --providers NAMES  comma separated; default anthropic,google,openai
  --days N           how many days; default 30
  --help             show this text`

const PROVIDERS = 'anthropic,google,openai'
const DAYS = '30'

export const clientBytes = defineCommand({
  help: HELP,
  options: { providers: { type: 'string', default: PROVIDERS }, days: { type: 'string', default: DAYS } },
  async run({ values: { providers, days }, positionals }, { env, output }) {
    if (positionals.length === 0 && env.RECORDED_DATA) {
      const names = providers.split(',')
      output.write(`${describeWeights(newestModelsDevVersion(env.RECORDED_DATA), names)}\n`)
      return measureParts(modelsDevVersions(env.RECORDED_DATA, Number(days)), names, output)
    }
    const directory = readArgument('measure', positionals, 'one directory of recorded pulls')
    const refreshes: RefreshBytes[] = []
    let last: RecordedVersion | undefined
    for await (const next of recordedVersions(directory)) {
      if (last) refreshes.push(refreshBytes(last, next))
      last = next
    }
    if (refreshes.length === 0) throw new CommandError(`Cannot measure: "${directory}" holds no two versions`)
    output.write(`${describeRefreshBytes(refreshes)}\n`)
    return 0
  },
})

function measureParts(versions: Iterable<RecordedVersion>, providers: string[], output: Output): number {
  const byParts: PartRefresh[] = []
  const byDiff: RefreshBytes[] = []
  let last: RecordedVersion | undefined
  for (const next of versions) {
    if (last) byParts.push(partRefresh(last, next, providers))
    if (last) byDiff.push(refreshBytes(last, next))
    last = next
  }
  if (byParts.length === 0) throw new CommandError('Cannot measure: there are no two versions')
  output.write(`${describePartRefreshes(byParts, providers)}\n${describeRefreshBytes(byDiff)}\n`)
  return 0
}
