/** `measure client-bytes`: what a client saves by refreshing by diff, on recorded pulls. */

import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { type RecordedVersion, recordedVersions } from './client-bytes/recorded-versions.ts'
import { type RefreshBytes, refreshBytes } from './client-bytes/refresh-bytes.ts'
import { describeRefreshBytes } from './client-bytes/refresh-bytes-report.ts'

export const clientBytes = defineCommand({
  description: `Prints the bytes that a client fetches to follow recorded pulls from one version to the next: by diff, and whole.`,
  arguments: { directory: { description: 'recorded pulls: files .json or .json.gz, each { fetchedAt, pages }' } },
  options: {},
  async run({ args: { directory } }, { output }) {
    const days: RefreshBytes[] = []
    let last: RecordedVersion | undefined
    for await (const next of recordedVersions(directory)) {
      if (last) days.push(refreshBytes(last, next))
      last = next
    }
    if (days.length === 0) throw new CommandError(`Cannot measure: "${directory}" holds no two versions`)
    output.write(`${describeRefreshBytes(days)}\n`)
    return 0
  },
})
