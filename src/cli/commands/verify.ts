/** `verify`: checks the history of a registry, which anyone can do. */
import { checkCommits } from '../../core/records/check-commits.ts'
import type { VersionInfo } from '../../core/schema/history.ts'
import { CommandError, type Context, defineCommand } from '../shared/command.ts'
import { flag, READER_ENVIRONMENT, readerClient, URL_OPTION } from '../shared/options.ts'
import { createTransferProgress, withProgress } from '../shared/progress.ts'
import { detailOf, type RegistryClient, refusalOf } from '../shared/registry-client.ts'
import { sha256 } from '../shared/sha256.ts'
import type { Output } from '../shared/terminal.ts'
import { checkManifest } from './verify/check-manifest.ts'
import { readCommits } from './verify/read-commits.ts'
import { sampleCommits } from './verify/sample-commits.ts'

/** The first faults show the cause; a complete list would hide it. */
const MAX_SHOWN = 20

export const verify = defineCommand({
  description: `Reads the history of a registry to its first commit and checks the chain of its commits, then the content of
some versions against the digests that name them.`,
  options: {
    url: URL_OPTION,
    sample: {
      type: 'string',
      value: 'number',
      description: 'check the content of this number of versions, chosen at random',
      default: '20',
    },
    all: flag('check the content of every version'),
  },
  environment: READER_ENVIRONMENT,
  exitCodes: { 1: 'failed, or the history has faults' },
  examples: ['--url https://registry.example.com --all'],
  async run({ values: { url, sample, all } }, context) {
    const size = all ? Number.POSITIVE_INFINITY : readSample(sample)
    const client = readerClient('verify', url, context)
    const commits = await withProgress(createTransferProgress(context.notes), (progress) =>
      readCommits(client, (count) => progress.step(`${count} commits read`)),
    )
    return verifyCommits(client, commits, size, context)
  },
})

function readSample(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new CommandError(`Cannot verify a sample of "${text}": not a whole number`)
}

/** Returns the exit code. */
async function verifyCommits(
  client: RegistryClient,
  commits: VersionInfo[],
  size: number,
  { output, notes }: Pick<Context, 'output' | 'notes'>,
): Promise<number> {
  const [first] = commits
  const newest = commits.at(-1)
  if (!first || !newest) {
    output.write(`${client.url} has no versions yet: there is nothing to verify\n`)
    return 0
  }
  const count = commits.length === 1 ? '1 commit' : `${commits.length} commits`
  const period = `from ${first.committedAt} to ${newest.committedAt}`
  const faults = checkCommits(commits, sha256)
  report(output, `the chain of ${count} ${period}, their numbers, times and names`, faults)
  const sampled = sampleCommits(commits, size, Math.random)
  const versions = new Set(commits.map(({ root }) => root)).size
  const contentFaults = await checkContents(client, sampled, notes)
  report(output, `the content of ${sampled.length} of ${versions} versions against their digests`, contentFaults)
  return faults.length + contentFaults.length > 0 ? 1 : 0
}

function checkContents(client: RegistryClient, commits: VersionInfo[], notes: Output): Promise<string[]> {
  return withProgress(createTransferProgress(notes), async (progress) => {
    const faults: string[] = []
    for (const [index, commit] of commits.entries()) {
      for (const fault of await fetchFaults(client, commit))
        faults.push(`commit ${commit.seq} (${commit.version}): ${fault}`)
      progress.step(`${index + 1} of ${commits.length} versions read`)
    }
    return faults
  })
}

/** With plain requests: the published client rejects a manifest that does not match its digests, without the reason. */
async function fetchFaults(client: RegistryClient, commit: VersionInfo): Promise<string[]> {
  // The whole etag: a version string could be ambiguous.
  const version = `version=${commit.etag.slice(1, -1)}`
  const manifest = await client.get(`/v1/manifest?${version}`)
  if (manifest.status !== 200) return [`no manifest: ${detailOf(manifest)}`]
  const parts = await client.request(`/v1/parts?${version}`)
  if (parts.status !== 200) return [`no list of parts: ${await refusalOf(parts)}`]
  return checkManifest(commit, manifest.body, await parts.text())
}

function report(output: Output, checked: string, faults: string[]): void {
  output.write(`${faults.length === 0 ? 'ok   ' : 'WRONG'}  ${checked}\n`)
  for (const fault of faults.slice(0, MAX_SHOWN)) output.write(`       ${fault}\n`)
  if (faults.length > MAX_SHOWN) output.write(`       and ${faults.length - MAX_SHOWN} more\n`)
}
