/** `verify`: checks the history of a registry, as anybody can. */
import type { VersionInfo } from '../../core/schema/history.ts'
import { CommandError, defineCommand } from '../shared/command.ts'
import { DEFAULT_URL, FLAG, readerClient, refuseArguments, URL_OPTION } from '../shared/options.ts'
import { createTransferProgress, withProgress } from '../shared/progress.ts'
import { detailOf, type RegistryClient } from '../shared/registry-client.ts'
import type { Output } from '../shared/terminal.ts'
import { firstToken } from '../shared/tokens.ts'
import { checkManifest } from './verify/check-manifest.ts'
import { checkRows } from './verify/check-rows.ts'
import { readRows } from './verify/read-rows.ts'
import { sampleRows } from './verify/sample-rows.ts'

const DEFAULT_SAMPLE = '20'

const HELP = `Usage: bun run verify [--url URL] [--all] [--sample N]
   or: npm run verify -- [--url URL] [--all] [--sample N]

Reads the history of a registry to its first row and checks the chain of its rows, then the content of some versions
against the digests that name them. A registry whose reads are not public is read with READ_TOKEN or ADMIN_TOKEN.

  --url URL    where the registry is (default: ${DEFAULT_URL})
  --sample N   check the content of N versions, taken at random (default: ${DEFAULT_SAMPLE})
  --all        check the content of every version
  --help       show this text`

/** The first faults show what is wrong, and all of them would hide it. */
const MAX_SHOWN = 20

export const verify = defineCommand({
  help: HELP,
  options: { url: URL_OPTION, sample: { type: 'string', default: DEFAULT_SAMPLE }, all: FLAG },
  async run({ values: { url, sample, all }, positionals }, { env, output }) {
    refuseArguments('verify', positionals)
    const size = all ? Number.POSITIVE_INFINITY : readSample(sample)
    const adminToken = firstToken(env, 'ADMIN_TOKEN')
    const client = readerClient('verify', url, firstToken(env, 'READ_TOKEN') ?? adminToken)
    const rows = await withProgress(createTransferProgress(output), (progress) =>
      readRows(client, (count) => progress.step(`${count} rows read`)),
    )
    return verifyRows(client, rows, size, output)
  },
})

function readSample(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new CommandError(`Cannot verify a sample of "${text}": not a whole number`)
}

/** Returns the exit code. */
async function verifyRows(client: RegistryClient, rows: VersionInfo[], size: number, output: Output): Promise<number> {
  const [first] = rows
  const newest = rows.at(-1)
  if (!first || !newest) {
    output.write(`${client.url} has no versions yet: there is nothing to verify\n`)
    return 0
  }
  const period = `from ${first.committedAt} to ${newest.committedAt}`
  const rowFaults = checkRows(rows)
  report(output, `the chain of ${rows.length} rows ${period}, their numbers, times and names`, rowFaults)
  const sampled = sampleRows(rows, size, Math.random)
  const versions = new Set(rows.map(({ etag }) => etag)).size
  const manifestFaults = await checkManifests(client, sampled, output)
  report(output, `the content of ${sampled.length} of ${versions} versions against their digests`, manifestFaults)
  return rowFaults.length + manifestFaults.length > 0 ? 1 : 0
}

function checkManifests(client: RegistryClient, rows: VersionInfo[], output: Output): Promise<string[]> {
  return withProgress(createTransferProgress(output), async (progress) => {
    const faults: string[] = []
    for (const [index, row] of rows.entries()) {
      for (const fault of await fetchFaults(client, row)) faults.push(`row ${row.seq} (${row.version}): ${fault}`)
      progress.step(`${index + 1} of ${rows.length} versions read`)
    }
    return faults
  })
}

/** By a plain request: the published client rejects a manifest that its digest disproves, and does not say why. */
async function fetchFaults(client: RegistryClient, row: VersionInfo): Promise<string[]> {
  // The whole etag: the digits of a version may be those of two.
  const answer = await client.get(`/v1/manifest?version=${row.etag.slice(1, -1)}`)
  return answer.status === 200 ? checkManifest(row, answer.body) : [`no manifest: ${detailOf(answer)}`]
}

function report(output: Output, checked: string, faults: string[]): void {
  output.write(`${faults.length === 0 ? 'ok   ' : 'WRONG'}  ${checked}\n`)
  for (const fault of faults.slice(0, MAX_SHOWN)) output.write(`       ${fault}\n`)
  if (faults.length > MAX_SHOWN) output.write(`       and ${faults.length - MAX_SHOWN} more\n`)
}
