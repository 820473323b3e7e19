/** `measure client-bytes`: what a client saves by refreshing by diff or by parts, on recorded pulls. */

import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { describeWeights } from './client-bytes/mode-weights.ts'
import { modelsDevVersions, newestModelsDevVersion } from './client-bytes/models-dev-versions.ts'
import { describePartRefreshes, type PartRefresh, partRefresh } from './client-bytes/part-refreshes.ts'
import { type RecordedVersion, recordedVersions } from './client-bytes/recorded-versions.ts'
import { type RefreshBytes, refreshBytes } from './client-bytes/refresh-bytes.ts'
import { describeRefreshBytes } from './client-bytes/refresh-bytes-report.ts'

const PROVIDERS = 'anthropic,google,openai'
const DAYS = '30'

export const clientBytes = defineCommand({
  description: `Prints how many bytes a client fetches to follow recorded pulls from one version to the next. With a directory of
recorded pulls of Artificial Analysis, it compares diffs with whole manifests. Without one, it takes the last recorded days
of models.dev, compares parts of some providers, diffs and whole manifests, and prints the sizes of responses for the
newest day. Nothing is sent.`,
  arguments: {
    directory: { description: 'recorded pulls: files .json or .json.gz, each { fetchedAt, pages }', isOptional: true },
  },
  options: {
    providers: { type: 'string', value: 'names', description: 'providers, separated by commas', default: PROVIDERS },
    days: { type: 'string', value: 'number', description: 'the number of days', default: DAYS },
  },
  environment: { RECORDED_DATA: 'the directory of recorded data, with models-dev' },
  async run({ args: { directory }, values: { providers, days } }, { env, output }) {
    if (directory === undefined) {
      if (!env.RECORDED_DATA) throw new CommandError('Cannot measure: name a directory, or set RECORDED_DATA')
      const names = providers.split(',')
      output.write(`${describeWeights(newestModelsDevVersion(env.RECORDED_DATA), names)}\n`)
      return measureParts(
        modelsDevVersions(env.RECORDED_DATA, readCount('measure', 'days', days, 1, 400)),
        names,
        output,
      )
    }
    const refreshes: RefreshBytes[] = []
    let last: RecordedVersion | undefined
    for await (const next of recordedVersions(directory)) {
      if (last) refreshes.push(refreshBytes(last, next))
      last = next
    }
    if (refreshes.length === 0)
      throw new CommandError(`Cannot measure: "${directory}" contains fewer than two versions`)
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
  if (byParts.length === 0) throw new CommandError('Cannot measure: there are fewer than two versions')
  output.write(`${describePartRefreshes(byParts, providers)}\n${describeRefreshBytes(byDiff)}\n`)
  return 0
}
