/** The whole of `verify` but for the process around it: options in, an exit code and what to print out. */
import type { VersionInfo } from '../../core/schema/history.ts'
import { refusalOf, requestRegistry } from '../shared/registry-request.ts'
import type { Target } from '../shared/target-options.ts'
import type { Output } from '../shared/terminal.ts'
import { createTransferProgress } from '../shared/transfer-progress.ts'
import { checkManifest } from './verify/check-manifest.ts'
import { checkRows } from './verify/check-rows.ts'
import { readRows } from './verify/read-rows.ts'
import { sampleRows } from './verify/sample-rows.ts'
import { readVerifyOptions, VERIFY_HELP } from './verify/verify-options.ts'

/** Where something is wrong the first faults tell what, and all of them would hide it. */
const MAX_SHOWN = 20

export async function runVerify(
  args: string[],
  tokens: { READ_TOKEN?: string; ADMIN_TOKEN?: string },
  output: Output,
): Promise<number> {
  const options = readVerifyOptions(args, tokens)
  if (options === undefined) {
    output.write(`${VERIFY_HELP}\n`)
    return 0
  }
  const { target, sample } = options
  const rows = await readHistory(target, output)
  const [first] = rows
  const newest = rows.at(-1)
  if (!first || !newest) {
    output.write(`${target.url} has no versions yet: there is nothing to verify\n`)
    return 0
  }
  const period = `from ${first.committedAt} to ${newest.committedAt}`
  const rowFaults = checkRows(rows)
  report(output, `the chain of ${rows.length} rows ${period}, their numbers, times and names`, rowFaults)

  const sampled = sampleRows(rows, sample, Math.random)
  const versions = new Set(rows.map(({ etag }) => etag)).size
  const manifestFaults = await checkManifests(target, sampled, output)
  report(output, `the content of ${sampled.length} of ${versions} versions against their digests`, manifestFaults)
  return rowFaults.length + manifestFaults.length > 0 ? 1 : 0
}

async function readHistory(target: Target, output: Output): Promise<VersionInfo[]> {
  const progress = createTransferProgress(output)
  try {
    return await readRows(target, (rows) => progress.step(`${rows} rows read`))
  } finally {
    progress.end()
  }
}

async function checkManifests(target: Target, rows: VersionInfo[], output: Output): Promise<string[]> {
  const progress = createTransferProgress(output)
  const faults: string[] = []
  try {
    for (const [index, row] of rows.entries()) {
      for (const fault of await fetchFaults(target, row)) faults.push(`row ${row.seq} (${row.version}): ${fault}`)
      progress.step(`${index + 1} of ${rows.length} versions read`)
    }
  } finally {
    progress.end()
  }
  return faults
}

async function fetchFaults(target: Target, row: VersionInfo): Promise<string[]> {
  // The whole etag: the digits of a version may be those of two.
  const response = await requestRegistry(target, `/v1/manifest?version=${row.etag.slice(1, -1)}`)
  if (!response.ok) return [`no manifest: ${await refusalOf(response)}`]
  return checkManifest(row, await response.json().catch(() => undefined))
}

function report(output: Output, checked: string, faults: string[]): void {
  output.write(`${faults.length === 0 ? 'ok   ' : 'WRONG'}  ${checked}\n`)
  for (const fault of faults.slice(0, MAX_SHOWN)) output.write(`       ${fault}\n`)
  if (faults.length > MAX_SHOWN) output.write(`       and ${faults.length - MAX_SHOWN} more\n`)
}
