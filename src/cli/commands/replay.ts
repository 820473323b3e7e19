/** The whole of `replay` but for the process around it: options in, an exit code and what to print out. */
import { join } from 'node:path'
import { CommandError } from '../shared/command.ts'
import { createRegistryClient, fetchStatus } from '../shared/registry-client.ts'
import { createProgress, type Output } from '../shared/terminal.ts'
import { listPullFiles, type PullFiles, readPullFile } from './replay/recorded-pull-files.ts'
import { REPLAY_HELP, type ReplayOptions, readReplayOptions } from './replay/replay-options.ts'
import { beforeOf, sendPull } from './replay/replay-pulls.ts'
import { describeReplay, type Replayed, refusalsOf } from './replay/replay-report.ts'

export async function runReplay(args: string[], adminToken: string | undefined, output: Output): Promise<number> {
  const options = readReplayOptions(args, adminToken)
  if (options === undefined) {
    output.write(`${REPLAY_HELP}\n`)
    return 0
  }
  const files = await listPullFiles(options.directory)
  output.write(`${files.pulls.length} recorded pulls in ${options.directory}, to ${options.url}\n`)
  const replayed: Replayed = { sent: [], notPulls: files.others }
  const stopped = await sendAll(options, files, replayed, output)
  output.write(`\n${describeReplay(replayed)}\n`)
  if (stopped) throw new CommandError(`\n${stopped.message}\nRun it again to go on from here.`)
  return refusalsOf(replayed).length > 0 ? 1 : 0
}

/** Adds to `replayed` as it goes, so that a replay cut short still says how far it came. Returns what cut it short. */
async function sendAll(
  options: ReplayOptions,
  files: PullFiles,
  replayed: Replayed,
  output: Output,
): Promise<CommandError | undefined> {
  const client = createRegistryClient(options.url, options.token)
  const before = beforeOf(await fetchStatus(client))
  const target = { client, before, newestSeq: before.seq, force: options.force, clock: () => performance.now() }
  const progress = createProgress(files.pulls.length, output)
  try {
    for (const { file } of files.pulls) {
      const pull = await readPullFile(join(options.directory, file))
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
  } finally {
    progress.end()
  }
  return undefined
}
