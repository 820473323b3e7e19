/** `replay`: sends a folder of recorded pulls to a registry. */
import { join } from 'node:path'
import { CommandError, defineCommand } from '../shared/command.ts'
import { ADMIN_ENVIRONMENT, adminClient, flag, URL_OPTION } from '../shared/options.ts'
import { createProgress, type Progress, withProgress } from '../shared/progress.ts'
import { fetchStatus } from '../shared/registry-client.ts'
import { listPullFiles, type PullFiles, readPullFile } from './replay/recorded-pull-files.ts'
import { beforeOf, type ReplayTarget, sendPull } from './replay/replay-pulls.ts'
import { describeReplay, type Replayed, refusalsOf } from './replay/replay-report.ts'

export const replay = defineCommand({
  description: `Sends the recorded pulls in a directory to a registry, oldest first. They are files .json or .json.gz, each
{ source, fetchedAt, pages } or { source, fetchedAt, body }; the default source is artificial-analysis. If run again, it
continues where it stopped.`,
  arguments: { directory: { description: 'recorded pulls' } },
  options: {
    url: URL_OPTION,
    force: flag('skip the guard, which holds pulls that lost a large share of their data'),
  },
  environment: ADMIN_ENVIRONMENT,
  exitCodes: { 1: 'failed, or a pull was refused' },
  examples: ['pulls/ --url https://registry.example.com'],
  async run({ args: { directory }, values: { url, force } }, context) {
    const { output, notes } = context
    const client = adminClient('replay', url, context)
    const files = await listPullFiles(directory)
    output.write(`${files.pulls.length} recorded pulls in ${directory}, to ${client.url}\n`)
    const before = beforeOf(await fetchStatus(client))
    const target = { client, before, newestSeq: before.seq, force, clock: () => performance.now() }
    const replayed: Replayed = { sent: [], notPulls: files.others }
    const stopped = await withProgress(createProgress(files.pulls.length, notes), (progress) =>
      sendAll(directory, files, target, replayed, progress),
    )
    output.write(`\n${describeReplay(replayed)}\n`)
    if (stopped) throw new CommandError(`\n${stopped.message}\nRun it again to continue from here.`)
    return refusalsOf(replayed).length > 0 ? 1 : 0
  },
})

/** Adds to `replayed` as it goes, so that an interrupted replay is still reported. Returns the failure that ended it. */
async function sendAll(
  directory: string,
  { pulls }: PullFiles,
  target: ReplayTarget,
  replayed: Replayed,
  progress: Progress,
): Promise<CommandError | undefined> {
  try {
    for (const { file } of pulls) {
      const pull = await readPullFile(join(directory, file))
      if ('detail' in pull) {
        replayed.notPulls.push({ file, detail: pull.detail })
        continue
      }
      const sent = await sendPull(file, pull, target)
      replayed.sent.push(sent)
      target.newestSeq = Math.max(target.newestSeq, sent.seq ?? -1)
      const time = `${Math.round(sent.milliseconds)} ms`
      progress.step([sent.fetchedAt, sent.fate, sent.version, time].filter(Boolean).join(' '))
    }
  } catch (error) {
    if (error instanceof CommandError && replayed.sent.length > 0) return error
    throw error
  }
  return undefined
}
