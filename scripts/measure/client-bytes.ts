/** `client-bytes`: what a client saves by refreshing by diff, on recorded pulls. */

import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readArgument } from '../../src/cli/shared/options.ts'
import { type RecordedVersion, recordedVersions } from './client-bytes/recorded-versions.ts'
import { type RefreshBytes, refreshBytes } from './client-bytes/refresh-bytes.ts'
import { describeRefreshBytes } from './client-bytes/refresh-bytes-report.ts'

const HELP = `Usage: bun run client-bytes DIR
   or: npm run client-bytes -- DIR

Tells the bytes that a client fetches to follow the recorded pulls in DIR (.json or .json.gz, each { fetchedAt, pages })
from one version to the next: by diff, and whole.

  --help   show this text`

export const clientBytes = defineCommand({
  help: HELP,
  options: {},
  async run({ positionals }, { output }) {
    const directory = readArgument('measure', positionals, 'one directory of recorded pulls')
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
