/** Runs git. All output is needed at once, so each call waits for its process to end. */
import { spawnSync } from 'node:child_process'
import { CommandError } from '../../../src/cli/shared/command.ts'

/** A listing of all rows takes about a megabyte, the blobs of a large day some ten. */
const MAX_OUTPUT_BYTES = 1 << 30

export function runGit(repository: string, args: readonly string[], input = ''): Buffer {
  const { stdout, stderr, status, error } = spawnSync('git', ['-C', repository, ...args], {
    input,
    maxBuffer: MAX_OUTPUT_BYTES,
  })
  if (status === 0) return stdout
  const reason = error?.message ?? (stderr.toString().trim().split('\n')[0] || `it ended with status ${status}`)
  throw new CommandError(`Cannot run git ${args[0]} in "${repository}": ${reason}`)
}

/** The texts of blobs, read by a single process. */
export function readBlobs(repository: string, ids: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>()
  if (ids.length === 0) return texts
  const output = runGit(repository, ['cat-file', '--batch'], `${ids.join('\n')}\n`)
  let offset = 0
  for (const id of ids) {
    const end = output.indexOf('\n', offset)
    const header = output.toString('utf8', offset, end)
    const [, type, size] = header.split(' ')
    if (type !== 'blob') throw new CommandError(`Cannot read "${id}" in "${repository}": ${header}`)
    const begin = end + 1
    offset = begin + Number(size)
    texts.set(id, output.toString('utf8', begin, offset))
    offset++
  }
  return texts
}

/** A bare clone of the deployed branch. Git shows its own progress. */
export function cloneRepository(url: string, folder: string): void {
  const args = ['clone', '--bare', '--single-branch', '--branch', 'dev', '--', url, folder]
  const { status, error } = spawnSync('git', args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status === 0) return
  throw new CommandError(`Cannot clone "${url}": ${error?.message ?? 'git failed (see the output above)'}`)
}
