/** What a client saves that refreshes by diff, on recorded pulls: `bun run client-bytes DIR`. */

import { CommandError, parseOptions, runCommand } from '../../src/cli/shared/command.ts'
import { type RecordedVersion, recordedVersions } from './client-bytes/recorded-versions.ts'
import { type RefreshBytes, refreshBytes } from './client-bytes/refresh-bytes.ts'
import { describeRefreshBytes } from './client-bytes/refresh-bytes-report.ts'

const HELP = `Usage: bun run client-bytes DIR
   or: npm run client-bytes -- DIR

Tells the bytes that a client fetches to follow the recorded pulls in DIR (.json or .json.gz, each { fetchedAt, pages })
from one version to the next: by diff, and whole.

  --help   show this text`

await runCommand(async (args) => {
  const { values, positionals } = parseOptions(args, { help: { type: 'boolean', default: false } })
  const [directory, ...others] = positionals
  if (values.help) {
    console.log(HELP)
    return 0
  }
  if (directory === undefined || others.length > 0)
    throw new CommandError('Cannot measure: name one directory of recorded pulls (see --help)')
  const days: RefreshBytes[] = []
  let last: RecordedVersion | undefined
  for await (const next of recordedVersions(directory)) {
    if (last) days.push(refreshBytes(last, next))
    last = next
  }
  if (days.length === 0) throw new CommandError(`Cannot measure: "${directory}" holds no two versions`)
  console.log(describeRefreshBytes(days))
  return 0
})
